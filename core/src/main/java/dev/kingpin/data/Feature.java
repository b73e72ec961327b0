package dev.kingpin.data;

/** A column of the encoded table that models learn from. */
public sealed interface Feature {
  /** The name that users see. */
  String name();

  /**
   * A number: the value of an expression, held as float32 after an offset was taken off.
   *
   * @param offset the same for all groups; zero unless values are far from zero for their spread
   */
  record Numeric(String name, Expression expression, double offset) implements Feature {}

  /**
   * One of a few values, held as a code of the dictionary.
   *
   * @param column of the source
   */
  record Categorical(String name, String column, Dictionary dictionary) implements Feature {}
}
