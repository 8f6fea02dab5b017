import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as a peer of the search bench, which starts it and talks to it by lines: `index`, then a title and a text a line each and an
 * empty title to end; or `KIND word word…`, answered with the nanoseconds that the best ten with their stored documents took.
 */
public class Lucene {
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        // English stemming as the other peers do it: no word is left out.
        Analyzer analyzer = new EnglishAnalyzer(CharArraySet.EMPTY_SET);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (!Files.exists(folder)) {
            out.println("index");
            IndexWriterConfig config = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(192);
            try (IndexWriter writer = new IndexWriter(MMapDirectory.open(folder), config)) {
                for (String title = in.readLine(); title != null && !title.isEmpty(); title = in.readLine()) {
                    Document document = new Document();
                    document.add(new TextField("title", title, Field.Store.YES));
                    document.add(new TextField("text", in.readLine(), Field.Store.YES));
                    writer.addDocument(document);
                }
            }
        }
        DirectoryReader reader = DirectoryReader.open(MMapDirectory.open(folder));
        IndexSearcher searcher = new IndexSearcher(reader);
        // Each query is to be searched, not remembered.
        searcher.setQueryCache(null);
        out.println("ready " + Version.LATEST);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split(" ");
            Query query = query(Integer.parseInt(parts[0]), parts, analyzer);
            long began = System.nanoTime();
            int length = 0;
            for (ScoreDoc found : searcher.search(query, 10).scoreDocs) {
                Document document = searcher.storedFields().document(found.doc);
                length += document.get("title").length() + document.get("text").length();
            }
            out.println((System.nanoTime() - began) + " " + length);
        }
    }

    private static Query query(int kind, String[] parts, Analyzer analyzer) {
        BooleanQuery.Builder whole = new BooleanQuery.Builder();
        if (kind == 3 && parts.length > 2) {
            for (String field : new String[] {"title", "text"}) {
                PhraseQuery.Builder phrase = new PhraseQuery.Builder();
                for (int at = 1; at < parts.length; at++) {
                    phrase.add(new Term(field, analyzed(parts[at], analyzer)));
                }
                whole.add(phrase.build(), Occur.SHOULD);
            }
            return whole.build();
        }
        for (int at = 1; at < parts.length; at++) {
            BooleanQuery.Builder either = new BooleanQuery.Builder();
            for (String field : new String[] {"title", "text"}) {
                either.add(new TermQuery(new Term(field, analyzed(parts[at], analyzer))), Occur.SHOULD);
            }
            whole.add(either.build(), kind == 2 ? Occur.MUST : Occur.SHOULD);
        }
        return whole.build();
    }

    private static String analyzed(String word, Analyzer analyzer) {
        try (var stream = analyzer.tokenStream("text", word)) {
            var term = stream.addAttribute(org.apache.lucene.analysis.tokenattributes.CharTermAttribute.class);
            stream.reset();
            String stem = stream.incrementToken() ? term.toString() : word;
            stream.end();
            return stem;
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
    }
}
