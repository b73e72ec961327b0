package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in Kingpin's words what DuckDB says in its own.
 *
 * @param table what messages call the table
 * @param where the condition of a scan, or null
 */
record Failures(String table, @Nullable String where) {
  private static final Pattern KIND = Pattern.compile("^[A-Z][A-Za-z ]* Error: ");
  private static final Pattern CSV_FILE = Pattern.compile("(?m)^  file = (.*)$");
  private static final Pattern CSV_LINE = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern CSV_TEXT = Pattern.compile("(?m)^Original Line: (.*)$");
  private static final Pattern CSV_COLUMNS =
      Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
  private static final Pattern JSON =
      Pattern.compile(
          "(?s)JSON.* in file \"(.*?)\",.*? in (?:line|record/value) (\\d+): (.*?)(?:\\n|$)");
  private static final Pattern PARQUET =
      Pattern.compile(
          "(?i)magic bytes|too small to be a parquet|thrift|TProtocol|not a parquet|parquet file"
              + "|corrupt|failed to read parquet|decompress|page header|metadata");
  private static final Pattern QUOTED_FILE = Pattern.compile("['\"]([^'\"]*\\.[A-Za-z0-9.]+)['\"]");

  /** What a failure means for whoever asked for the table. */
  InputException of(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("CSV Error on Line") || message.contains("CSV Parser state machine")) {
      return new InputException(csv(message), failure);
    }
    Matcher json = JSON.matcher(message);
    if (json.find()) {
      return new InputException(json(json), failure);
    }
    if (message.startsWith("Out of Memory Error")) {
      return new InputException(
          table
              + " needs more memory to be read than it may use. Maybe allow more with --memory,"
              + " or read fewer columns.",
          failure);
    }
    if (PARQUET.matcher(message).find()) {
      return new InputException(
          file(message)
              + " is no whole Parquet file ("
              + reason(message)
              + "). Maybe it was cut off"
              + " when it was copied, or is of another format.",
          failure);
    }
    if (where != null) {
      return ofCondition(failure);
    }
    return new InputException(
        table
            + " cannot be read: "
            + reason(message)
            + ". Maybe DuckDB's own command line tells"
            + " more.",
        failure);
  }

  /** A condition that DuckDB does not take. */
  InputException ofCondition(SQLException failure) {
    return new InputException(
        "The condition ("
            + where
            + ") does not fit "
            + table
            + ": "
            + reason(String.valueOf(failure.getMessage()))
            + ". Maybe a name is misspelled, or a text lacks its single quotes.",
        failure);
  }

  private String csv(String message) {
    String place = group(CSV_FILE, message, table);
    place = place.substring(place.lastIndexOf('/') + 1);
    String line = group(CSV_LINE, message, "");
    if (!line.isEmpty()) {
      place += String.format(Locale.ROOT, ", line %,d", Long.parseLong(line));
    }
    String text = Texts.shown(group(CSV_TEXT, message, ""));
    Matcher columns = CSV_COLUMNS.matcher(message);
    if (columns.find()) {
      return String.format(
          "%s: %s columns instead of the header's %s, in (%s). Maybe a value that holds the"
              + " delimiter is not in double quotes, or the line is cut off.",
          place, columns.group(2), columns.group(1), text);
    }
    if (message.contains("unicode") || message.contains("utf-8")) {
      return place + " is not in UTF-8, in (" + text + "). Maybe save the file again in UTF-8.";
    }
    if (message.contains("quote")) {
      return place
          + ": a double quote is not closed, or not doubled inside a value, in ("
          + text
          + "). Maybe write \"\" for a quote inside a quoted value.";
    }
    if (message.contains("Maximum line size") || message.contains("line size")) {
      return place + " is too long for a line. Maybe a double quote is not closed.";
    }
    return place
        + (text.isEmpty() ? "" : ": cannot be split into values, in (" + text + ")")
        + (text.isEmpty() ? " cannot be split into values" : "")
        + ". Maybe line ends of two kinds are mixed, or a double quote is not closed.";
  }

  private static String json(Matcher found) {
    String file = found.group(1);
    return String.format(
        "%s, about line %s: the JSON is broken (%s). Maybe the file is cut off, or no JSON.",
        file.substring(file.lastIndexOf('/') + 1), found.group(2), Texts.shown(found.group(3)));
  }

  private String file(String message) {
    String path = group(QUOTED_FILE, message, table);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The first sentence of a message. */
  private static String reason(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    String plain = KIND.matcher(first).replaceFirst("");
    return plain.replaceAll("[.!]+$", "");
  }

  private static String group(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : otherwise;
  }
}
