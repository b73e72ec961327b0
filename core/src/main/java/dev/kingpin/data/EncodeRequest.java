package dev.kingpin.data;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of a table to encode: names are checked and every choice is made.
 *
 * @param groupBy columns whose values make the groups
 * @param target what is predicted
 * @param classes whether the target is a class (a column of any type with two values, or a
 *     comparison) rather than a number
 * @param numeric features that are numbers
 * @param categorical columns that are features with a few values, with the names that users see
 * @param weight column with a non-negative weight for each row, or null for equal weights
 * @param orderBy column with numbers or date-times that tells which rows of a group are the last,
 *     or null if nobody asks
 * @param where a condition in the source's language, or null
 * @param only the groups asked for; empty for all
 * @param keepsOthers whether rows of other groups are kept all the same
 * @param maxGroups the most groups allowed, or null for the rule of thumb: at most 10,000 unless
 *     the groups have two rows or more on average
 */
public record EncodeRequest(
    List<String> groupBy,
    NamedExpression target,
    boolean classes,
    List<NamedExpression> numeric,
    List<NamedExpression> categorical,
    @Nullable String weight,
    @Nullable String orderBy,
    @Nullable String where,
    Set<GroupKey> only,
    boolean keepsOthers,
    @Nullable Integer maxGroups) {
  public EncodeRequest {
    groupBy = List.copyOf(groupBy);
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    only = Set.copyOf(only);
  }

  /** The same, with the rows of groups that are not asked for. */
  public EncodeRequest keepingOthers() {
    return new EncodeRequest(
        groupBy,
        target,
        classes,
        numeric,
        categorical,
        weight,
        orderBy,
        where,
        only,
        true,
        maxGroups);
  }
}
