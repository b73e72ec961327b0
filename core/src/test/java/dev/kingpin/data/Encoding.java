package dev.kingpin.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what to encode of a table, a word at a time. The target is column {@code y}. */
final class Encoding {
  private final List<String> groupBy;
  private final List<NamedExpression> numeric = new ArrayList<>();
  private final List<NamedExpression> categorical = new ArrayList<>();
  private final Set<GroupKey> only = new LinkedHashSet<>();
  private NamedExpression target = ExpressionParser.parse("y");
  private boolean classes;
  private @Nullable String weight;
  private @Nullable String orderBy;
  private @Nullable Integer maxGroups;

  private Encoding(List<String> groupBy) {
    this.groupBy = groupBy;
  }

  static Encoding by(String... groupBy) {
    return new Encoding(List.of(groupBy));
  }

  Encoding numeric(String... features) {
    for (String feature : features) {
      numeric.add(ExpressionParser.parse(feature));
    }
    return this;
  }

  Encoding categorical(String... features) {
    for (String feature : features) {
      categorical.add(ExpressionParser.parse(feature));
    }
    return this;
  }

  Encoding target(String expression) {
    target = ExpressionParser.parse(expression);
    return this;
  }

  Encoding classes() {
    classes = true;
    return this;
  }

  Encoding weight(String column) {
    weight = column;
    return this;
  }

  Encoding orderBy(String column) {
    orderBy = column;
    return this;
  }

  Encoding only(@Nullable String... key) {
    only.add(GroupKey.of(key));
    return this;
  }

  Encoding maxGroups(int groups) {
    maxGroups = groups;
    return this;
  }

  GroupedTable read(TableSource source) {
    return read(source, Parallel.ALONE);
  }

  GroupedTable read(TableSource source, Parallel parallel) {
    EncodeRequest request =
        new EncodeRequest(
            groupBy,
            target,
            classes,
            numeric,
            categorical,
            weight,
            orderBy,
            null,
            only,
            false,
            maxGroups);
    return TableEncoder.read(source, request, parallel, (rows, all) -> {});
  }
}
