package dev.kingpin.query;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who answers for groups that have a model of their own. */
public enum AnswerWith {
  /** The group's model. */
  OWN,
  /** Whoever did best on the group's validation rows: its own model, its parent's or the global. */
  BEST;

  /** The word of the command line, such as {@code best}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the word of {@code --answer-with}.
   *
   * @throws InputException if there is no such word
   */
  public static AnswerWith of(String word) {
    List<String> words = Arrays.stream(values()).map(AnswerWith::word).toList();
    int at = words.indexOf(word.strip().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw new InputException(
          "Answer with (" + word + ") is not understood. " + Spelling.advice(word, words));
    }
    return values()[at];
  }
}
