package dev.kingpin.duckdb;

import dev.kingpin.data.InputException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, in an order that it names. The query runs once a scan, into a temporary
 * table.
 */
final class SqlQuery {
  private static final String LABEL = "the query";

  private SqlQuery() {}

  /** A query that ends with its own ORDER BY. The order must be total for two scans to agree. */
  static Relation open(Session session, String sql) throws SQLException {
    String query = stripped(sql);
    if (!modifiers(session, query).contains("ORDER_MODIFIER")) {
      throw new InputException(
          "The query names no order, so its rows could come in another order each time: ("
              + Texts.shown(query)
              + "). Maybe end it with ORDER BY and columns that together tell all rows apart, or"
              + " with ORDER BY ALL.");
    }
    return Relation.typed(session, LABEL, null, List.of(), "(" + query + "\n)", true);
  }

  /**
   * A query ordered by a list of expressions over its columns. Rows that these do not tell apart
   * are ordered by all columns, so rows of equal rank are equal.
   */
  static Relation open(Session session, String sql, String orderBy) throws SQLException {
    String query = stripped(sql);
    modifiers(session, query);
    String from = "(" + query + "\n)";
    Set<String> order = new LinkedHashSet<>();
    order.add(orderBy.strip());
    Relation.describe(session, from).keySet().forEach(name -> order.add(Sql.name(name)));
    String ordered = order.stream().collect(Collectors.joining(", "));
    return Relation.typed(
        session,
        LABEL,
        null,
        List.of(),
        "(SELECT * FROM " + from + " ORDER BY " + ordered + ")",
        true);
  }

  private static String stripped(String sql) {
    String query = sql.strip();
    while (query.endsWith(";")) {
      query = query.substring(0, query.length() - 1).strip();
    }
    return query;
  }

  /** The kinds of clauses behind the outermost SELECT, which must be the only statement. */
  private static Set<String> modifiers(Session session, String query) throws SQLException {
    String parsed = "(SELECT json_serialize_sql(" + Sql.text(query) + ") AS j)";
    List<@Nullable String> answer =
        session
            .rows(
                "SELECT j ->> '$.error_message', json_array_length(j, '$.statements') FROM "
                    + parsed)
            .get(0);
    if (answer.get(0) != null) {
      throw new InputException(
          "The query cannot be understood: "
              + Texts.shown(String.valueOf(answer.get(0)))
              + ", in ("
              + Texts.shown(query)
              + "). Maybe run it in DuckDB first.");
    }
    if (!"1".equals(answer.get(1))) {
      throw new InputException(
          "There is more than one statement in (" + Texts.shown(query) + "). Maybe remove a ';'.");
    }
    String kinds = "SELECT unnest(j ->> '$.statements[0].node.modifiers[*].type') FROM " + parsed;
    return session.rows(kinds).stream()
        .map(row -> String.valueOf(row.get(0)))
        .collect(Collectors.toSet());
  }
}
