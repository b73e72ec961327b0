package dev.kingpin.duckdb;

import java.sql.SQLException;
import java.util.List;

/** Parquet: typed, columnar and read straight from the files. */
final class ParquetFiles {
  private ParquetFiles() {}

  static Relation open(Session session, InputFiles files) throws SQLException {
    String union = files.files().size() > 1 ? ", union_by_name = true" : "";
    String from = "read_parquet(" + InputFiles.sql(files.files()) + union + ")";
    return Relation.typed(session, files.label(), files, List.of(), from, false);
  }
}
