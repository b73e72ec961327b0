package dev.kingpin.data;

/** An expression with the name that users see, as in {@code hour(date) AS hour}. */
public record NamedExpression(String name, Expression expression) {
  @Override
  public String toString() {
    return expression.toString().equals(name) || new Expression.ColumnRef(name).equals(expression)
        ? expression.toString()
        : expression + " AS " + new Expression.ColumnRef(name);
  }
}
