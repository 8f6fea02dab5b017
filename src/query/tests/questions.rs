//! Questions as people type them: bags of words, and what of them is not sought.

use super::*;

#[test]
fn bags_of_words() {
    let check = |text: &str, printed: &str| {
        let query = parse(text, &Options { any: true, ..options() }).unwrap();
        assert_eq!(print(&query), printed);
        assert_eq!(read(printed), query);
    };
    check("Deported (whom) AND why? Deported", "ANY(Deported^2 and why)");
    check("safe-third-country: NOT", "ANY(safe-third-country^0.5 safe^0.5 third^0.5 country^0.5 not)");
    check("anti-tax ROCK-AND tax", "ANY(anti-tax^0.5 anti^0.5 tax^1.5 ROCK-AND^0.5 ROCK^0.5 and^0.5)");
    check(" safe-third ", "safe-third");
    check("\"unclosed -minus a:b", "ANY(unclosed minus a b)");
    check("東京都 tax", "ANY(東京 京都 tax)");
    check("one", "one");
    check("NEAR ADJ2 tax", "ANY(near adj2 tax)");
    check("J. K. Rowling wrote", "ANY(jk^0.5 J^0.5 K^0.5 Rowling wrote)");
    assert!(parse(" ?! ", &Options { any: true, ..options() }).is_err());
}

#[test]
fn the_frame_of_a_question_is_not_sought() {
    let check = |text: &str, sought: &str| {
        let frames = frame(text);
        let mut left = String::new();
        let mut at = 0;
        for span in &frames {
            left.push_str(&text[at..span.start]);
            at = span.end;
        }
        left.push_str(&text[at..]);
        assert_eq!(left.split_whitespace().collect::<Vec<_>>().join(" "), sought, "{text}");
    };
    check("I am interested in articles that deal with grain quotas", "grain quotas");
    check("I'm especially interested in mines. I’d like papers on coal", "mines. coal");
    check("What articles exist which deal with tolls?", "tolls?");
    check("Please send me all reports about the flood", "the flood");
    check("COULD YOU PLEASE GIVE ME ARTICLES ABOUT THE STRIKE", "THE STRIKE");
    check("are there any papers dealing with ferries .", "ferries .");
    check("Could you tell me everything about the ferry?", "the ferry?");
    check("Any report of a ferry sinking", "a ferry sinking");
    check("A relevant document must describe a strike. Document mentions pay.", "strike. pay.");
    check("To be relevant, a document will report on tear gas", "tear gas");
    check("Documents must describe or discuss dams. Document will provide data on locks", "dams. locks");
    check("Looking for news about tolls; what is known about ferries?", "tolls; ferries?");
    check("Instances of theft. What evidence is there that tolls rise?", "theft. tolls rise?");
    check("Looking for love in Lindhaven", "Looking for love in Lindhaven");
    check("Identify instances of fraud; describe the trial", "fraud; trial");
    check("What are the gains of it? And how many paid?", "the gains of it? And how many paid?");
    check("What has the mayor said? how often does he say so?", "the mayor said? he say so?");
    check("what happened to the people who were moved", "the people who were moved");
    check("In what year did the mill burn? Who lit it?", "year did the mill burn? lit it?");
    check("has anyone else seen the ferry", "seen the ferry");
    check("Does the mayor pay taxes?", "the mayor pay taxes?");
    // What looks like a frame and is sought.
    check("Find of the century", "Find of the century");
    check("find-and-replace articles", "find-and-replace articles");
    check("mayor finds papers on ferry", "mayor finds papers on ferry");
    check("\"what you see\" on stage", "\"what you see\" on stage");
    check("WHO guidelines on malaria?", "WHO guidelines on malaria?");
    check("Where the river bends", "Where the river bends");
    check("list price of ferries", "list price of ferries");
    check("the U.S. papers on the war", "the U.S. papers on the war");
    check("what is", "what is");
    check("what article 50 says", "article 50 says");
    check("find article 50", "find article 50");
    check("articles that report 50 deaths", "50 deaths");
    check("How far right", "far right");
    check("How far is the ferry", "the ferry");
    check("how long covid lasts", "long covid lasts");
    check("how long can it last", "it last");
    check("Identify theft", "Identify theft");
    check("Find reports on theft", "theft");
    check("Find all descriptions of theft", "theft");
    check("Find reports on \u{2b9}", "Find reports on \u{2b9}");
    check("Was ist Wahrheit", "Was ist Wahrheit");
    check("", "");
    // Capitalised words are names.
    for kept in [
        "When May resigned",
        "Who May succeed",
        "Where Will Smith lives",
        "Find Missing Persons",
        "Find My iPhone",
        "The Information on Meta layoffs",
        "News on Sunday",
        "WHO CAN HELP SUDAN",
        "What Happened To Baby Jane",
        "Tell Me About It",
    ] {
        check(kept, kept);
    }
    check("What May said about Brexit", "May said about Brexit");
    check("How May lost", "May lost");
    check("how Do the Right Thing", "Do the Right Thing");
    check("How Long Island", "How Long Island");
    check("How Long Island votes", "Long Island votes");
    check("I want to hear Find about", "Find about");
    check("What Article 50 says", "Article 50 says");
    check("What News of the World printed", "News of the World printed");
    check("what news of the world printed", "news of the world printed");
    check("articles about the news of the world", "the news of the world");
    check("what news of the flood", "the flood");
    check("News on the flood", "the flood");
    check("Articles on Lindhaven", "Lindhaven");
    check("Who is Jane Pell", "Jane Pell");
    check("What is Lindhaven? May I see papers on Dell?", "Lindhaven? May I see papers on Dell?");
    check("Give Me All Articles About Lindhaven", "Lindhaven");
    // And what is left is the bag.
    let bag = |text: &str| print(&parse(text, &Options { any: true, ..options() }).unwrap());
    assert_eq!(bag("I'd like articles on high-speed trains"), "ANY(high-speed^0.5 high^0.5 speed^0.5 trains)");
    assert_eq!(bag("What is high-speed?"), "high-speed");
    assert_eq!(bag("what is"), "ANY(what is)");
    assert_eq!(bag("Find reports on \u{2b9}"), "ANY(Find reports on)");
}

#[test]
fn a_question_may_have_conditions_beside_it() {
    for typed in [
        "why did the mayor resign?",
        "source:paper why did the mayor resign?",
        "why did the mayor resign? lang:en",
        "-strike (why did the mayor resign?)",
        "kestrel OR why did the mayor resign?",
    ] {
        let read = print(&parse(typed, &options()).unwrap());
        assert!(read.contains("resign OR resign?"), "{typed} -> {read}");
    }
    for typed in ["mayor resign?", "why did the mayor resign? soon", "wom?n in the house?"] {
        let read = print(&parse(typed, &options()).unwrap());
        assert_eq!(read.contains(" OR "), typed.starts_with("wom"), "{typed} -> {read}");
    }
}
