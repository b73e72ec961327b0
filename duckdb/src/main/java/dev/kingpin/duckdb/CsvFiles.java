package dev.kingpin.duckdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV: a header line, values in double quotes where needed, UTF-8. A column is read as a number,
 * truth value or ISO date-time if all its values in all files are; what a category column holds is
 * read exactly as it is written, so key 007 stays 007, and sorts by its bytes.
 *
 * <p>Files of a glob may have their columns in different orders; a column that a file lacks is
 * missing there.
 */
final class CsvFiles {
  private static final List<Reading> TRIED =
      List.of(Reading.NUMBER, Reading.BOOLEAN, Reading.TIMESTAMP, Reading.TIME);
  private static final int SAMPLE_ROWS = 2048;
  // A sample shall not cost the parsing of whole default buffers.
  private static final String SAMPLE_OPTIONS = ", parallel = false, buffer_size = 4194304";

  private final List<Run> runs = new ArrayList<>();

  /** Consecutive files with the same header. */
  private record Run(CsvHeader header, List<Path> files) {}

  private CsvFiles(InputFiles files, @Nullable Character delimiter) {
    for (Path file : files.files()) {
      CsvHeader header = CsvHeader.read(file, delimiter);
      if (runs.isEmpty() || !runs.get(runs.size() - 1).header().equals(header)) {
        runs.add(new Run(header, new ArrayList<>()));
      }
      runs.get(runs.size() - 1).files().add(file);
    }
  }

  /**
   * Opens CSV files.
   *
   * @param delimiter what stands between values, or null to see it in the header
   */
  static Relation open(Session session, InputFiles files, @Nullable Character delimiter)
      throws SQLException {
    CsvFiles csv = new CsvFiles(files, delimiter);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : Relation.describe(session, csv.raw("")).keySet()) {
      texts.put(name, Sql.name(name));
    }
    String sample = "(SELECT * FROM " + csv.raw(SAMPLE_OPTIONS) + " LIMIT " + SAMPLE_ROWS + ")";
    List<TextTypes.Candidate> candidates = new ArrayList<>();
    texts.forEach((name, text) -> candidates.add(new TextTypes.Candidate(name, text, TRIED)));
    TextTypes types = TextTypes.find(session, sample, csv.raw(""), candidates);
    TypedView view = new TypedView(csv.raw(""), texts.keySet());
    texts.forEach((name, text) -> view.text(name, text, types.of(name)));
    return view.relation(files, types.rows(), csv.copying(texts, types));
  }

  /** The FROM item with all columns as texts. */
  private String raw(String options) {
    if (runs.size() == 1) {
      return raw(runs.get(0), options);
    }
    return runs.stream()
        .map(run -> "FROM " + raw(run, options))
        .collect(Collectors.joining(" UNION ALL BY NAME ", "(", ")"));
  }

  private static String raw(Run run, String options) {
    return "read_csv("
        + InputFiles.sql(run.files())
        + ", auto_detect = false, header = true, quote = '\"', escape = '\"', delim = "
        + Sql.text(String.valueOf(run.header().delimiter()))
        + ", columns = "
        + Sql.types(run.header().names(), "VARCHAR")
        + options
        + ")";
  }

  /** Copies to CSV keep every text; other formats get columns with types. */
  private Relation.Copying copying(Map<String, String> texts, TextTypes types) {
    return (session, format) ->
        "SELECT " + (format.isText() ? "*" : typed(session, texts, types)) + " FROM " + raw("");
  }

  private String typed(Session session, Map<String, String> texts, TextTypes types)
      throws SQLException {
    List<String> questions = new ArrayList<>();
    texts.values().forEach(text -> questions.addAll(exactness(text)));
    String sql = "SELECT " + String.join(", ", questions) + " FROM " + raw("");
    Iterator<@Nullable String> found = session.rows(sql).get(0).iterator();
    List<String> items = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          boolean whole = "true".equals(found.next());
          boolean padded = "true".equals(found.next());
          boolean dates = "true".equals(found.next());
          items.add(
              switch (types.of(name)) {
                    case NUMBER ->
                        padded ? text : whole ? cast(text, "BIGINT") : Reading.NUMBER.of(text);
                    case TIMESTAMP -> dates ? cast(text, "DATE") : Reading.TIMESTAMP.of(text);
                    default -> types.of(name).of(text);
                  }
                  + " AS "
                  + Sql.name(name));
        });
    return String.join(", ", items);
  }

  private static String cast(String text, String type) {
    return "TRY_CAST(" + text + " AS " + type + ")";
  }

  /**
   * Whether all numbers are whole, whether some start with a needless zero, whether all are dates.
   */
  private static List<String> exactness(String text) {
    return List.of(
        "bool_and(" + cast(text, "BIGINT") + " = " + cast(text, "DOUBLE") + ")",
        "bool_or(regexp_matches(" + text + ", '^[+-]?0[0-9]'))",
        "max(strlen(" + text + ")) <= 10");
  }
}
