package dev.kingpin;

import dev.kingpin.data.InputException;
import dev.kingpin.data.RowEncoder;
import dev.kingpin.learner.Model;
import dev.kingpin.store.RunHeader;
import dev.kingpin.tune.RunningScore;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts single rows of one group, with nothing allocated after set-up (but for numbers in
 * columns of categories, which become texts). Values stay until they are set again or {@link
 * #clear}ed; those that were never set are missing. One thread at a time.
 *
 * <pre>{@code
 * RowPredictor row = model.forGroup("SEA");
 * double delay = row.set("distance", 2402).set("hour", 7).predict();
 * }</pre>
 *
 * <p>The names are those of the columns that the features are computed from, and those of the
 * features: with {@code hour(date) AS hour} either {@code date} or {@code hour} can be set.
 */
public final class RowPredictor {
  private static final double MICROS_A_SECOND = 1e6;

  private final Answering.Answer answer;
  private final @Nullable Model model;
  private final List<String> classes;
  private final RowEncoder row;
  private final double[] prediction; // (width)

  RowPredictor(RunHeader header, Answering.Answer answer) {
    this.answer = answer;
    model = answer.model();
    classes = header.target().classes();
    row = new RowEncoder(header.features());
    prediction = new double[classes.size() > 2 ? classes.size() : 1];
  }

  /** Who answers. */
  public Level level() {
    return answer.level();
  }

  /**
   * Values of the group, or of the family, whose model answers; empty if it is that of all rows.
   */
  public List<@Nullable String> answering() {
    return answer.who() == null ? List.of() : answer.who().values();
  }

  /**
   * Sets a number or a truth value (0 or 1); NaN if it is missing.
   *
   * @throws InputException if the models read no such column
   */
  public RowPredictor set(String column, double value) {
    row.set(column, value);
    return this;
  }

  /**
   * Sets a category; null if it is missing.
   *
   * @throws InputException if the models read no such column, or read numbers from it
   */
  public RowPredictor set(String column, @Nullable String value) {
    row.set(column, value);
    return this;
  }

  /**
   * Sets a date-time, in UTC as the tables have them.
   *
   * @throws InputException if the models read no such column
   */
  public RowPredictor set(String column, LocalDateTime time) {
    int micros = time.get(ChronoField.MICRO_OF_SECOND);
    row.set(column, time.toEpochSecond(ZoneOffset.UTC) * MICROS_A_SECOND + micros);
    return this;
  }

  /** Makes all values missing. */
  public RowPredictor clear() {
    row.clear();
    return this;
  }

  /**
   * The expected target of the row as it is set now, or the probability of the second class of two;
   * NaN if nobody answers.
   *
   * @throws IllegalStateException if there are more than two classes
   */
  public double predict() {
    if (prediction.length > 1) {
      throw new IllegalStateException(
          "There are %d classes: ask for a probability".formatted(classes.size()));
    }
    compute();
    return prediction[0];
  }

  /**
   * The same for a row that has these values and no others: numbers, truth values, texts, {@link
   * LocalDateTime}s and nulls by column.
   *
   * @throws InputException if the models read no such column
   */
  public double predict(Map<String, ?> values) {
    clear();
    values.forEach(this::setAny);
    return predict();
  }

  private void setAny(String column, @Nullable Object value) {
    if (value instanceof Number number) {
      row.set(column, number.doubleValue());
    } else if (value instanceof Boolean truth) {
      row.set(column, truth ? 1.0 : 0.0);
    } else if (value instanceof LocalDateTime time) {
      set(column, time);
    } else if (value == null) {
      row.set(column, Double.NaN);
    } else {
      row.set(column, value.toString());
    }
  }

  /**
   * The probability that the row as it is set now is of a class; NaN if nobody answers.
   *
   * @throws InputException if there is no such class
   */
  public double probability(String className) {
    int k = classes.indexOf(className);
    if (k < 0) {
      throw new InputException(
          classes.isEmpty()
              ? "A number is predicted, not a class such as (" + className + ")."
              : "There is no class ("
                  + className
                  + "). Maybe it is one of these: "
                  + String.join(", ", classes)
                  + ".");
    }
    compute();
    return prediction.length > 1 ? prediction[k] : k == 1 ? prediction[0] : 1 - prediction[0];
  }

  /**
   * The most probable class of the row as it is set now; null if nobody answers.
   *
   * @throws IllegalStateException if numbers are predicted
   */
  public @Nullable String predictedClass() {
    if (classes.isEmpty()) {
      throw new IllegalStateException("A number is predicted, not a class");
    }
    compute();
    return Double.isNaN(prediction[0])
        ? null
        : classes.get(RunningScore.predicted(prediction, 0, classes.size()));
  }

  private void compute() {
    if (model == null) {
      Arrays.fill(prediction, Double.NaN);
    } else {
      model.predict(row.block(), prediction);
    }
  }
}
