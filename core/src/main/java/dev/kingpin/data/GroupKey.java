package dev.kingpin.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The group-by values that the rows of a group share, as texts; null stands for NULL, which is a
 * group of its own.
 */
public record GroupKey(List<@Nullable String> values) {
  public GroupKey {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** A key of these values. */
  public static GroupKey of(@Nullable String... values) {
    return new GroupKey(Arrays.asList(values));
  }

  /** The first values of this key. */
  public GroupKey prefix(int count) {
    return new GroupKey(values.subList(0, count));
  }

  /** For people: values divided by commas, {@code NULL} for null. */
  @Override
  public String toString() {
    return values.stream()
        .map(v -> Objects.requireNonNullElse(v, "NULL"))
        .collect(Collectors.joining(","));
  }
}
