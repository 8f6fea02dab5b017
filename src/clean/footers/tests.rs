use super::engine;

#[test]
fn every_pattern_can_be_found_and_compiles() {
    assert_eq!(engine::check_tables(), Vec::<String>::new());
}
#[test]
fn timing_probe() {
    let t = std::time::Instant::now();
    let v = engine::View::of("hello world");
    assert!(!v.may(1));
    println!("tables {:?}", t.elapsed());
    let t = std::time::Instant::now();

    let t = std::time::Instant::now();
    engine::check_tables();
    println!("all regexes {:?}", t.elapsed());
}
