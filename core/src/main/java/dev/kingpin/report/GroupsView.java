package dev.kingpin.report;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which groups a report lists, and in which order.
 *
 * @param status only groups with this status, or null for all
 * @param sort what stands first
 * @param limit the most groups to list; 0 for all
 */
public record GroupsView(@Nullable String status, Sort sort, int limit) {
  /** All groups, those with most rows first. */
  public static final GroupsView ALL = new GroupsView(null, Sort.ROWS, 0);

  private static final List<String> STATUSES = List.of("trained", "constant", "fallback", "failed");

  /**
   * Checks the words.
   *
   * @throws InputException if there is no such status, or the limit is negative
   */
  public GroupsView {
    if (status != null && !STATUSES.contains(status)) {
      throw unknown("Status", status, STATUSES);
    }
    if (limit < 0) {
      throw new InputException(
          "Cannot list (" + limit + ") groups. Maybe use --limit 20, or 0 for all of them.");
    }
  }

  /** What a list of groups is ordered by; ties are in the order of the keys. */
  public enum Sort {
    /** Most rows first. */
    ROWS,
    /** As the artifact has them. */
    KEY,
    /** Best metric first; groups without one last. */
    METRIC,
    /** Largest gain over the constant first; groups without one last. */
    GAIN;

    /**
     * The order of that name.
     *
     * @throws InputException if there is none
     */
    public static Sort of(String word) {
      for (Sort sort : values()) {
        if (sort.word().equals(word.toLowerCase(Locale.ROOT))) {
          return sort;
        }
      }
      throw unknown("Sort order", word, Arrays.stream(values()).map(Sort::word).toList());
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Comparator<GroupLine> order() {
      return switch (this) {
        case ROWS -> largest(GroupLine::rows);
        case KEY -> Comparator.comparingInt(line -> 0);
        case METRIC -> (a, b) -> a.marks().metric().compare(a.metric(), b.metric());
        case GAIN -> largest(GroupLine::gain);
      };
    }

    private static Comparator<GroupLine> largest(ToDoubleFunction<GroupLine> value) {
      return Comparator.comparingDouble(line -> -value.applyAsDouble(line));
    }
  }

  /** The groups to list, not yet limited; {@code lines} are in the order of their keys. */
  List<GroupLine> select(List<GroupLine> lines) {
    return lines.stream()
        .filter(l -> status == null || l.status().equals(status))
        .sorted(sort.order())
        .toList();
  }

  private static InputException unknown(String what, String word, List<String> words) {
    return new InputException(what + " (" + word + ") is unknown. " + Spelling.advice(word, words));
  }
}
