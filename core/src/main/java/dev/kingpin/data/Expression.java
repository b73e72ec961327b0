package dev.kingpin.data;

import java.util.List;
import java.util.Set;

/**
 * How a feature or a target is computed from the columns of a row. Written in the words of {@code
 * --from}, kept in the model, and computed again at prediction. {@code toString} gives text that
 * {@link ExpressionParser} reads back as an equal expression.
 */
public sealed interface Expression {
  /** The value of a column. */
  record ColumnRef(String name) implements Expression {
    @Override
    public String toString() {
      return name.matches("[A-Za-z_][A-Za-z_0-9]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
  }

  /** A number. */
  record Literal(double value) implements Expression {
    @Override
    public String toString() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /** A function or operator applied to one or two arguments. */
  record Call(String word, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    Function function() {
      return arguments.size() == 2
          ? Function.operator(word).orElseThrow()
          : word.equals(Function.NEGATE.word())
              ? Function.NEGATE
              : Function.named(word).orElseThrow();
    }

    /** Whether the argument must be a date-time. */
    public boolean takesDateTime() {
      return function().ofDateTime();
    }

    @Override
    public String toString() {
      if (arguments.size() == 2) {
        return "(" + arguments.get(0) + " " + word + " " + arguments.get(1) + ")";
      }
      return word + "(" + arguments.get(0) + ")";
    }
  }

  /** Adds the names of all columns that are read to {@code names}. */
  default void collectColumns(Set<String> names) {
    switch (this.kind()) {
      case COLUMN -> names.add(((ColumnRef) this).name());
      case CALL -> ((Call) this).arguments().forEach(a -> a.collectColumns(names));
      case LITERAL -> {}
    }
  }

  /** Whether the value is true or false rather than a number. */
  default boolean isComparison() {
    return this instanceof Call call && call.function().isComparison();
  }

  /** The three kinds of expression, for exhaustive switches on Java 17. */
  enum Kind {
    COLUMN,
    LITERAL,
    CALL
  }

  /** Which kind this is. */
  default Kind kind() {
    if (this instanceof ColumnRef) {
      return Kind.COLUMN;
    }
    return this instanceof Literal ? Kind.LITERAL : Kind.CALL;
  }
}
