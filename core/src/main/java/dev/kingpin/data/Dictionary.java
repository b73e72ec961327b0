package dev.kingpin.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct values of a column, as texts, in ascending order of the column's own type (numbers
 * by value, texts by their UTF-8 bytes). A row holds the position of its value, or {@link #NULL}.
 * It covers the whole table, so that it does not depend on which groups are trained.
 */
public final class Dictionary {
  /** The code of a missing value. */
  public static final int NULL = -1;

  /** The code of a value that no training row had. */
  public static final int UNSEEN = Integer.MAX_VALUE;

  private final List<String> values;
  private final Map<String, Integer> codes;

  public Dictionary(List<String> values) {
    this.values = List.copyOf(values);
    this.codes = new HashMap<>(values.size() * 2);
    for (int i = 0; i < values.size(); i++) {
      codes.put(values.get(i), i);
    }
  }

  public List<String> values() {
    return values;
  }

  public int size() {
    return values.size();
  }

  /** The text of a code; {@link #NULL} has none. */
  public String value(int code) {
    return values.get(code);
  }

  /** The code of a text, or {@link #NULL} if the dictionary does not hold it. */
  public int code(String value) {
    return codes.getOrDefault(value, NULL);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dictionary that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Dictionary" + values;
  }
}
