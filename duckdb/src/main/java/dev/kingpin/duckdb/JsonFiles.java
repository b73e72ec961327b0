package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import dev.kingpin.duckdb.TextTypes.Candidate;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON: one object a line, or an array of objects. All objects are looked at to learn the columns
 * and their types; a text column whose values are all ISO date-times is one. A column of numbers
 * and texts is read as CSV is.
 */
final class JsonFiles {
  private static final List<Reading> TIMES = List.of(Reading.TIMESTAMP, Reading.TIME);
  private static final List<Reading> MIXED =
      List.of(Reading.NUMBER, Reading.BOOLEAN, Reading.TIMESTAMP, Reading.TIME);
  private static final int SAMPLE_ROWS = 2048;

  private JsonFiles() {}

  static Relation open(Session session, InputFiles files) throws SQLException {
    String list = InputFiles.sql(files.files());
    Map<String, String> types = Relation.describe(session, detecting(list));
    types.replaceAll((name, type) -> type.equals(SqlType.NOTHING) ? "JSON" : type);
    String raw = reading(list, types);
    Map<String, Candidate> candidates = candidates(types);
    String sample = "(SELECT * FROM " + raw + " LIMIT " + SAMPLE_ROWS + ")";
    TextTypes found = TextTypes.find(session, sample, raw, List.copyOf(candidates.values()));
    if (found.rows() == 0 && types.size() == 1) {
      throw new InputException(
          files.label() + " holds no JSON objects. Maybe it is empty, or another file was meant.");
    }
    TypedView view = new TypedView(raw, types.keySet());
    types.forEach(
        (name, type) -> {
          Candidate candidate = candidates.get(name);
          if (candidate != null) {
            view.text(name, candidate.text(), found.of(name));
          } else {
            view.typed(name, type);
          }
        });
    return view.relation(files, found.rows(), (s, format) -> "SELECT * FROM " + raw);
  }

  private static String detecting(String files) {
    return "read_json("
        + files
        + ", sample_size = -1, union_by_name = true, map_inference_threshold = -1,"
        + " field_appearance_threshold = 0, dateformat = 'iso', timestampformat = 'iso')";
  }

  private static String reading(String files, Map<String, String> types) {
    String columns =
        types.entrySet().stream()
            .map(column -> Sql.text(column.getKey()) + ": " + Sql.text(column.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    return "read_json(" + files + ", columns = " + columns + ")";
  }

  /** Columns of texts, and of values of several types. */
  private static Map<String, Candidate> candidates(Map<String, String> types) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    types.forEach(
        (name, type) -> {
          String value = Sql.name(name);
          if (type.equals("VARCHAR")) {
            candidates.put(name, new Candidate(name, value, TIMES));
          } else if (type.equals("JSON")) {
            candidates.put(name, new Candidate(name, "(" + value + " ->> '$')", MIXED));
          }
        });
    return candidates;
  }
}
