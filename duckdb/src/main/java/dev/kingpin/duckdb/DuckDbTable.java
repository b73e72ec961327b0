package dev.kingpin.duckdb;

import dev.kingpin.data.Column;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.RowWriter;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.Schema;
import dev.kingpin.data.TableScan;
import dev.kingpin.data.TableSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table that DuckDB reads. It holds no resources; each scan and each copy has its own. */
final class DuckDbTable implements TableSource {
  private final Relation relation;
  private final ReadOptions options;

  private DuckDbTable(Relation relation, ReadOptions options) {
    this.relation = relation;
    this.options = options;
  }

  /** Learns what a relation needs to know about its table. */
  interface Opener {
    Relation open(Session session) throws SQLException;
  }

  /**
   * Opens a table.
   *
   * @param location what messages call the table while it is not open yet
   */
  static DuckDbTable open(String location, ReadOptions options, Opener opener) {
    try (Session session = Session.open(options)) {
      return new DuckDbTable(opener.open(session), options);
    } catch (SQLException e) {
      throw new Failures(location, null).of(e);
    }
  }

  @Override
  public Schema schema() {
    return relation.schema();
  }

  @Override
  public TableScan scan(ScanRequest request) {
    return DuckDbScan.start(relation, request, options);
  }

  @Override
  public RowWriter copyTo(Path out, List<Column> added, @Nullable String where) {
    return TableWriter.start(out, new TableWriter.Copied(relation, where), added, options);
  }

  @Override
  public String toString() {
    return relation.label();
  }
}
