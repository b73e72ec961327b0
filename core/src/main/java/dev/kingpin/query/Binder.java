package dev.kingpin.query;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.Expression;
import dev.kingpin.data.InputException;
import dev.kingpin.data.NamedExpression;
import dev.kingpin.data.Schema;
import java.util.List;
import java.util.Locale;

/** Finds the columns that expressions name in a table, and checks their types. */
final class Binder {
  private static final String WRITE_DATES =
      "write its values as 2024-05-31 or 2024-05-31 23:59:00.";

  private final Schema schema;

  Binder(Schema schema) {
    this.schema = schema;
  }

  /** The same, with the names that the table has for its columns. */
  NamedExpression bind(NamedExpression asked) {
    Expression bound = bind(asked.expression());
    String name =
        asked.expression() instanceof Expression.ColumnRef ref && asked.name().equals(ref.name())
            ? ((Expression.ColumnRef) bound).name()
            : asked.name();
    return new NamedExpression(name, bound);
  }

  private Expression bind(Expression expression) {
    if (expression instanceof Expression.ColumnRef ref) {
      return new Expression.ColumnRef(schema.get(ref.name()).name());
    }
    if (expression instanceof Expression.Call call) {
      List<Expression> arguments = call.arguments().stream().map(this::bind).toList();
      for (Expression argument : arguments) {
        checkArgument(call, argument);
      }
      return new Expression.Call(call.word(), arguments);
    }
    return expression;
  }

  private void checkArgument(Expression.Call call, Expression argument) {
    ColumnType type = typeOf(argument);
    boolean wantsDate = call.takesDateTime();
    if (wantsDate && type != ColumnType.DATETIME) {
      throw new InputException(
          "Function ("
              + call.word()
              + ") needs a date-time, but ("
              + argument
              + ") of "
              + schema.table()
              + " is a "
              + type.name().toLowerCase(Locale.ROOT)
              + ". Maybe "
              + (type == ColumnType.TEXT ? WRITE_DATES : "name a column of date-times."));
    }
    if (!wantsDate && (type == ColumnType.DATETIME || type == ColumnType.TEXT)) {
      throw new InputException(
          "("
              + call.word()
              + ") needs numbers, but ("
              + argument
              + ") of "
              + schema.table()
              + " is a "
              + type.name().toLowerCase(Locale.ROOT)
              + ". Maybe use"
              + (type == ColumnType.TEXT ? " the column as it is." : " days(" + argument + ")."));
    }
  }

  /** What an expression gives. */
  ColumnType typeOf(Expression expression) {
    if (expression instanceof Expression.ColumnRef ref) {
      return schema.get(ref.name()).type();
    }
    return expression.isComparison() ? ColumnType.BOOLEAN : ColumnType.NUMBER;
  }

  /** The column that tells which rows are the last; not the target. */
  String orderColumn(String name, NamedExpression target) {
    Column column = schema.get(name);
    if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.DATETIME) {
      throw new InputException(
          "Rows are ordered by numbers or date-times, but column ("
              + column.name()
              + ") of "
              + schema.table()
              + " is a "
              + column.type().name().toLowerCase(Locale.ROOT)
              + ". Maybe "
              + (column.type() == ColumnType.TEXT ? WRITE_DATES : "name a column of times."));
    }
    if (target.expression().equals(new Expression.ColumnRef(column.name()))) {
      throw new InputException(
          "Column ("
              + column.name()
              + ") is predicted, so it cannot tell which rows are the last. Maybe name a column of"
              + " times with order-by.");
    }
    return column.name();
  }

  /** A column of numbers, or truth values. */
  String numberColumn(String name, String what) {
    Column column = schema.get(name);
    if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.BOOLEAN) {
      throw new InputException(
          what
              + " must be numbers, but column ("
              + column.name()
              + ") of "
              + schema.table()
              + " is a "
              + column.type().name().toLowerCase(Locale.ROOT)
              + ". Maybe name another one.");
    }
    return column.name();
  }
}
