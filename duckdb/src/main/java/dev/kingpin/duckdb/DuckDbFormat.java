package dev.kingpin.duckdb;

import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.TableFormat;
import dev.kingpin.data.TableSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The locations that DuckDB reads: files, globs, tables of its own databases, and queries. */
public final class DuckDbFormat implements TableFormat {
  private static final Pattern QUERY = Pattern.compile("(?is)\\s*(SELECT|FROM|WITH)\\s.*");
  private static final Pattern TABLE = Pattern.compile("(?s)(.+\\.duckdb)::(.+)");

  @Override
  public Optional<TableSource> open(String location, ReadOptions options) {
    Matcher table = TABLE.matcher(location);
    if (QUERY.matcher(location).matches()) {
      return Optional.of(
          DuckDbTable.open("The query", options, session -> SqlQuery.open(session, location)));
    }
    if (table.matches()) {
      return Optional.of(database(table.group(1), table.group(2), options));
    }
    return FileFormat.of(location).map(format -> files(format, location, options));
  }

  static TableSource files(FileFormat format, String location, ReadOptions options) {
    return DuckDbTable.open(
        location, options, session -> format.open(session, InputFiles.at(location, session)));
  }

  private static TableSource database(String file, String table, ReadOptions options) {
    return DuckDbTable.open(
        file, options, session -> DatabaseTable.open(session, InputFiles.at(file, session), table));
  }
}
