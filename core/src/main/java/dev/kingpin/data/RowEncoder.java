package dev.kingpin.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one row after the other as the training rows were encoded: values of columns come in, a
 * block of one row goes out. Nothing is allocated after set-up. One thread at a time.
 *
 * <p>A feature with a name of its own, such as {@code hour} of {@code hour(date) AS hour}, may be
 * set as if it were a column; it keeps that value until a column that it reads is set.
 */
public final class RowEncoder {
  private final Features features;
  private final Slab slab;
  private final RowBlock block;
  private final Map<String, Input> inputs = new HashMap<>();
  private final Scalar[] numeric; // (numeric features)
  private final double[] offsets; // (numeric features)

  /** A value to be set: a column, or a feature. */
  private static final class Input {
    final List<Integer> numericReaders = new ArrayList<>();
    final List<Integer> categories = new ArrayList<>();
    int[] readers = {}; // numeric features that read this column
    int[] codes = {}; // categorical features that are this column
    int feature = -1; // numeric feature that is set as it is
    double value = Double.NaN;

    void seal() {
      readers = numericReaders.stream().mapToInt(i -> i).toArray();
      codes = categories.stream().mapToInt(i -> i).toArray();
    }
  }

  /** An expression of the values that are set. */
  private interface Scalar {
    double value();
  }

  public RowEncoder(Features features) {
    this.features = features;
    slab = new Slab(1, features, false);
    block = new RowBlock(slab, features, 0, 1, 0, 0);
    numeric = new Scalar[features.numeric().size()];
    offsets = new double[numeric.length];
    addColumns();
    addFeatures();
    inputs.values().forEach(Input::seal);
    clear();
  }

  private void addColumns() {
    for (int j = 0; j < numeric.length; j++) {
      Feature.Numeric feature = features.numeric().get(j);
      Set<String> columns = new LinkedHashSet<>();
      feature.expression().collectColumns(columns);
      for (String column : columns) {
        inputs.computeIfAbsent(column, c -> new Input()).numericReaders.add(j);
      }
      numeric[j] = scalar(feature.expression());
      offsets[j] = feature.offset();
    }
    for (int c = 0; c < features.categorical().size(); c++) {
      String column = features.categorical().get(c).column();
      inputs.computeIfAbsent(column, k -> new Input()).categories.add(c);
    }
  }

  private void addFeatures() {
    for (int j = 0; j < numeric.length; j++) {
      int feature = j;
      inputs.computeIfAbsent(features.numeric().get(j).name(), n -> new Input()).feature = feature;
    }
  }

  private Scalar scalar(Expression expression) {
    return switch (expression.kind()) {
      case COLUMN -> {
        Input input =
            inputs.computeIfAbsent(((Expression.ColumnRef) expression).name(), c -> new Input());
        yield () -> input.value;
      }
      case LITERAL -> {
        double value = ((Expression.Literal) expression).value();
        yield () -> value;
      }
      case CALL -> call((Expression.Call) expression);
    };
  }

  private Scalar call(Expression.Call call) {
    Function function = call.function();
    Scalar first = scalar(call.arguments().get(0));
    if (function.arity() == 1) {
      return () -> {
        double value = first.value();
        return function.apply(value, value);
      };
    }
    Scalar second = scalar(call.arguments().get(1));
    return () -> function.apply(first.value(), second.value());
  }

  /** The names that can be set. */
  public Collection<String> names() {
    return List.copyOf(new java.util.TreeSet<>(inputs.keySet()));
  }

  /** Makes all values missing. */
  public void clear() {
    for (Input input : inputs.values()) {
      input.value = Double.NaN;
    }
    for (int j = 0; j < numeric.length; j++) {
      compute(j);
    }
    java.util.Arrays.fill(slab.codes, Dictionary.NULL);
  }

  /**
   * Sets a number, a date-time in microseconds since 1970 (UTC), or a truth value as 0 or 1; NaN if
   * it is missing. A number in a column of categories counts as its shortest text.
   *
   * @throws InputException if no model reads such a column
   */
  public void set(String name, double value) {
    Input input = input(name);
    if (input.codes.length > 0) {
      setCodes(input, Double.isNaN(value) ? null : new Expression.Literal(value).toString());
    }
    if (input.readers.length > 0) {
      input.value = value;
      for (int reader : input.readers) {
        compute(reader);
      }
    } else if (input.feature >= 0) {
      put(input.feature, value);
    }
  }

  /**
   * Sets a category; null if it is missing.
   *
   * @throws InputException if no model reads such a column, or numbers are read from it
   */
  public void set(String name, @Nullable String value) {
    Input input = input(name);
    if (input.codes.length == 0) {
      throw new InputException(
          "Column ("
              + name
              + ") holds numbers, not texts such as ("
              + value
              + "). Maybe set a"
              + " number.");
    }
    setCodes(input, value);
  }

  private Input input(String name) {
    Input input = inputs.get(name);
    if (input == null) {
      throw new InputException(
          "No model reads a column (" + name + "). " + Spelling.advice(name, names()));
    }
    return input;
  }

  private void setCodes(Input input, @Nullable String value) {
    for (int category : input.codes) {
      Dictionary trained = features.categorical().get(category).dictionary();
      int code = value == null ? Dictionary.NULL : trained.code(value);
      boolean unseen = value != null && code == Dictionary.NULL;
      slab.codes[category] = unseen ? Dictionary.UNSEEN : code;
    }
  }

  private void compute(int feature) {
    put(feature, numeric[feature].value());
  }

  private void put(int feature, double number) {
    float value = (float) (number - offsets[feature]);
    slab.numeric[feature] = Float.isInfinite(value) ? Float.NaN : value;
  }

  /** The row as it is set now; the same block each time. */
  public RowBlock block() {
    return block;
  }
}
