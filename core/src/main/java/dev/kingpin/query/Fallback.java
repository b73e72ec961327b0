package dev.kingpin.query;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who answers for groups that have no model of their own, unseen ones included. */
public enum Fallback {
  /** The nearest family with a model along the group-by columns, at last the model of all rows. */
  PARENT,
  /** The model of all rows. */
  GLOBAL,
  /** Nobody: there is no prediction. */
  NONE,
  /** Nobody: such groups count as lost, and predicting for one is an error. */
  FAIL;

  /** The word of the command line, such as {@code parent}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word of {@code --fallback}.
   *
   * @throws InputException if there is no such word
   */
  public static Fallback of(String word) {
    List<String> words = Arrays.stream(values()).map(Fallback::word).toList();
    int at = words.indexOf(word.strip().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw new InputException(
          "Fallback (" + word + ") is not understood. " + Spelling.advice(word, words));
    }
    return values()[at];
  }
}
