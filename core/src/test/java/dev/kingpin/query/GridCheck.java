package dev.kingpin.query;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.Schema;
import dev.kingpin.learner.Learner;
import java.util.List;

/** Checks the grid of a query for learners that are not registered. */
public final class GridCheck {
  private static final Schema SCHEMA =
      new Schema(
          "t.csv",
          List.of(
              new Column("g", ColumnType.TEXT),
              new Column("x", ColumnType.NUMBER),
              new Column("y", ColumnType.NUMBER)));

  private GridCheck() {}

  /** A query that groups by (g) and predicts (y). */
  public static QueryBuilder query() {
    return TrainQuery.groupBy("g").predict("y");
  }

  /** The query with its grid checked; its words on the learner are ignored. */
  public static ResolvedQuery resolved(TrainQuery query, Learner learner) {
    TrainQuery plain = query().search(query.search()).seed(query.seed()).build();
    ResolvedQuery resolved = QueryResolver.resolve(plain, SCHEMA);
    return new ResolvedQuery(
        query,
        resolved.encoding(),
        resolved.task(),
        resolved.metric(),
        learner,
        GridValues.of(query, learner),
        List.of());
  }
}
