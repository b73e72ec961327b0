package dev.kingpin.data;

import java.util.List;

/** Computes an expression over chunks; owns its buffers, so one thread at a time. */
final class Evaluator {
  private final Expression expression;
  private final int column;
  private final List<Evaluator> arguments;
  private final double[] values; // none for a column, which is read where it lies

  private Evaluator(Expression expression, int column, List<Evaluator> arguments) {
    this.expression = expression;
    this.column = column;
    this.arguments = arguments;
    boolean isColumn = expression.kind() == Expression.Kind.COLUMN;
    values = new double[isColumn ? 0 : Chunk.CAPACITY];
  }

  /** Binds an expression to the numeric columns of a request. */
  static Evaluator of(Expression expression, List<String> columns) {
    return switch (expression.kind()) {
      case COLUMN ->
          new Evaluator(
              expression, columns.indexOf(((Expression.ColumnRef) expression).name()), List.of());
      case LITERAL -> new Evaluator(expression, -1, List.of());
      case CALL ->
          new Evaluator(
              expression,
              -1,
              ((Expression.Call) expression)
                  .arguments().stream().map(a -> of(a, columns)).toList());
    };
  }

  /** The values for the rows of a chunk: infinities count as missing. Valid until the next call. */
  double[] values(Chunk chunk) {
    return switch (expression.kind()) {
      case COLUMN -> chunk.number(column);
      case LITERAL -> fill(((Expression.Literal) expression).value(), chunk.rows());
      case CALL -> apply(((Expression.Call) expression).function(), chunk);
    };
  }

  private double[] fill(double value, int rows) {
    java.util.Arrays.fill(values, 0, rows, value);
    return values;
  }

  private double[] apply(Function function, Chunk chunk) {
    double[] a = arguments.get(0).values(chunk);
    double[] b = function.arity() == 2 ? arguments.get(1).values(chunk) : a;
    for (int i = 0; i < chunk.rows(); i++) {
      values[i] = function.apply(a[i], b[i]);
    }
    return values;
  }
}
