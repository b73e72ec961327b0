package dev.kingpin.duckdb;

import dev.kingpin.data.Chunk;
import dev.kingpin.data.Dictionary;
import dev.kingpin.data.InputException;
import dev.kingpin.data.ReadOptions;
import dev.kingpin.data.ScanRequest;
import dev.kingpin.data.TableScan;
import dev.kingpin.duckdb.driver.VectorCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A pass over a relation: one session, one running query. */
final class DuckDbScan implements TableScan {
  private final Session session;
  private final ScanSql sql;
  private final Failures failures;
  private final List<Category> categories;
  private final int numbers;
  private final long expected;
  private final VectorCursor cursor;
  private final long[] hashes = new long[Chunk.CAPACITY];
  private int vectorRows; // of the cursor's current vector
  private int taken; // rows of it that were handed out
  private long rows; // handed out so far

  private DuckDbScan(
      Session session, ScanSql sql, Failures failures, List<Category> categories, long expected)
      throws SQLException {
    this.session = session;
    this.sql = sql;
    this.failures = failures;
    this.categories = categories;
    this.numbers = sql.numbers().size();
    this.expected = expected;
    this.cursor = session.cursor(sql.select(categories));
  }

  static DuckDbScan start(Relation relation, ScanRequest request, ReadOptions options) {
    Failures failures = new Failures(relation.label(), request.where());
    try {
      Session session = Session.open(options);
      try {
        return start(session, relation, request, failures);
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failures.of(e);
    }
  }

  private static DuckDbScan start(
      Session session, Relation relation, ScanRequest request, Failures failures)
      throws SQLException {
    ScanSql sql = ScanSql.of(relation, request);
    relation.prepare(session);
    sql.checkCondition(session, failures);
    sql.checkNumbers(session);
    boolean all = request.where() == null && relation.rows() >= 0;
    ScanSql rows = relation.staged() ? sql.staged(session) : sql;
    long expected = all ? relation.rows() : session.count(rows.from());
    List<Category> categories = new ArrayList<>();
    for (ScanSql.Key key : rows.keys()) {
      categories.add(Category.read(session, rows.from(), key.sql(), key.shortest()));
    }
    return new DuckDbScan(session, rows, failures, categories, expected);
  }

  @Override
  public Dictionary dictionary(int i) {
    return categories.get(i).dictionary();
  }

  @Override
  public long expectedRows() {
    return expected;
  }

  @Override
  public boolean next(Chunk chunk) {
    int filled = 0;
    while (filled < Chunk.CAPACITY && available()) {
      int count = Math.min(Chunk.CAPACITY - filled, vectorRows - taken);
      copy(chunk, filled, count);
      taken += count;
      filled += count;
    }
    rows += filled;
    chunk.rows(filled);
    if (filled == 0 && rows != expected) {
      throw broken();
    }
    return filled > 0;
  }

  private boolean available() {
    while (taken == vectorRows) {
      int next = cursor.next();
      if (next < 0) {
        return false;
      }
      vectorRows = next;
      taken = 0;
    }
    return true;
  }

  private void copy(Chunk chunk, int at, int count) {
    for (int c = 0; c < numbers; c++) {
      cursor.doubles(c, taken, count, chunk.number(c), at);
    }
    for (int c = 0; c < categories.size(); c++) {
      cursor.longs(numbers + c, taken, count, hashes, 0);
      if (!categories.get(c).codes().translate(hashes, count, chunk.code(c), at)) {
        throw broken();
      }
    }
  }

  /** Why fewer or other rows came than were counted: the driver does not tell, so ask again. */
  private InputException broken() {
    try {
      session.rows(sql.everything());
    } catch (SQLException e) {
      return failures.of(e);
    }
    return InputFiles.changed(failures.table());
  }

  @Override
  public void close() {
    try (session) {
      cursor.close();
    } catch (SQLException e) {
      throw new IllegalStateException("A scan cannot be closed", e);
    }
  }
}
