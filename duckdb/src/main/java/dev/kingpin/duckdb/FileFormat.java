package dev.kingpin.duckdb;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of files that are read. */
enum FileFormat {
  CSV("csv(\\.gz)?") {
    @Override
    Relation open(Session session, InputFiles files) throws SQLException {
      return CsvFiles.open(session, files, null);
    }
  },
  TSV("tsv(\\.gz)?") {
    @Override
    Relation open(Session session, InputFiles files) throws SQLException {
      return CsvFiles.open(session, files, '\t');
    }
  },
  PARQUET("parquet") {
    @Override
    Relation open(Session session, InputFiles files) throws SQLException {
      return ParquetFiles.open(session, files);
    }
  },
  JSON("(json|jsonl|ndjson)(\\.gz)?") {
    @Override
    Relation open(Session session, InputFiles files) throws SQLException {
      return JsonFiles.open(session, files);
    }
  };

  private final String ending;

  FileFormat(String ending) {
    this.ending = ending;
  }

  abstract Relation open(Session session, InputFiles files) throws SQLException;

  /** The format that a file's or glob's ending tells. */
  static Optional<FileFormat> of(String location) {
    String name = location.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.matches("(?s).*\\." + format.ending))
        .findFirst();
  }
}
