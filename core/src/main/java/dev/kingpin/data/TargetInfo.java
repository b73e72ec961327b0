package dev.kingpin.data;

import java.util.List;

/**
 * The encoded target, the same for all groups.
 *
 * @param name that users see
 * @param expression how it is computed
 * @param offset what was taken off numbers before they became float32; 0 for classes
 * @param classes the class names in order, at least two, or empty for numbers
 */
public record TargetInfo(String name, Expression expression, double offset, List<String> classes) {
  public TargetInfo {
    classes = List.copyOf(classes);
  }
}
