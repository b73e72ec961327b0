package dev.kingpin.report;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Task;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.RunHeader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all reports say of a run, in words and as a tree. */
final class RunWords {
  private static final double SMALLEST_PLAIN = 1e-6;

  /** With whom a group's own model is compared, as files and JSON list them. */
  static final List<Contender> RIVALS =
      List.of(Contender.CONSTANT, Contender.PARENT, Contender.GLOBAL);

  private RunWords() {}

  /** {@code delay by origin}. */
  static String title(RunHeader header) {
    return header.target().name() + " by " + String.join(", ", header.query().groupBy());
  }

  /** {@code a linear model for each of 228 groups of flights.parquet}. */
  static String models(RunHeader header, int groups) {
    String each = groups == 1 ? "" : "each of ";
    return "a %s model for %s%s of %s"
        .formatted(
            header.query().learner(),
            each,
            Numbers.count(groups, "group"),
            TextWidth.clean(header.source()));
  }

  /** What a gain does to the metric. */
  static String less(RunHeader header) {
    return header.metric().largerIsBetter() ? " less error" : " lower";
  }

  /** What a loss does to the metric. */
  static String more(RunHeader header) {
    return header.metric().largerIsBetter() ? " more error" : " higher";
  }

  /** {@code mean} or {@code base rate}: what the constant of a group is called. */
  static String constant(RunHeader header) {
    return header.task() == Task.REGRESSION ? "mean" : "base rate";
  }

  /**
   * {@code 9 tried, compared by rmse on 20% of each group's rows}, or {@code 8 of 64 drawn at
   * random, ...}.
   */
  static String search(RunHeader header) {
    String metric = header.metric().label();
    String on = " by " + metric + " on " + share(header);
    return header.configs().size() == 1 && header.query().search().isGrid()
        ? "one (" + named(header.configs().get(0)) + "), judged" + on
        : tried(header) + ", compared" + on;
  }

  private static String tried(RunHeader header) {
    int configs = header.configs().size();
    if (header.query().search().isGrid() || configs == header.combinations()) {
      return configs + " tried";
    }
    String all = header.combinations() == 0 ? "" : " of " + Numbers.count(header.combinations());
    return Numbers.count(configs) + all + " drawn at random";
  }

  private static String named(Config config) {
    return config.settings().isEmpty() ? "as usual" : all(config);
  }

  private static String share(RunHeader header) {
    Validation validation = header.query().validation();
    return switch (validation.kind()) {
      case HOLDOUT -> percent(validation) + " of each group's rows";
      case FOLDS -> "each group's rows in " + (int) validation.amount() + " folds";
      case LAST ->
          "the last %s of each group's rows (by %s)"
              .formatted(percent(validation), header.query().orderBy());
    };
  }

  private static String percent(Validation validation) {
    return Numbers.significant(validation.amount() * 100, 2) + "%";
  }

  /** The names of settings that are not the same in all configs, in order. */
  static List<String> varying(List<Config> configs) {
    List<String> varying = new ArrayList<>();
    for (String name : names(configs)) {
      Set<@Nullable String> values = new HashSet<>();
      configs.forEach(c -> values.add(c.settings().get(name)));
      if (values.size() > 1) {
        varying.add(name);
      }
    }
    return varying;
  }

  /** The config, reduced to some settings; those that it does not have are left out. */
  static String only(Config config, List<String> names) {
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      if (config.settings().containsKey(name)) {
        texts.add(name + "=" + value(config.settings().get(name)));
      }
    }
    return String.join(" ", texts);
  }

  /** The config with all settings. */
  static String all(Config config) {
    return only(config, List.copyOf(config.settings().keySet()));
  }

  /** The names of all settings that some config has, in order. */
  static List<String> names(List<Config> configs) {
    Set<String> names = new TreeSet<>();
    configs.forEach(c -> names.addAll(c.settings().keySet()));
    return List.copyOf(names);
  }

  /** A setting of a config; blank if it says nothing about it. */
  static String value(Learner learner, Config config, String setting) {
    @Nullable String text = config.settings().get(setting);
    return value(text == null ? learner.leftOut(setting) : text);
  }

  /** A setting's value as people write it: {@code 0.0001}, not {@code 1.0E-4}. */
  static String value(@Nullable String text) {
    Object value = text == null ? "" : number(text);
    if (!(value instanceof Double number) || Math.abs(number) < SMALLEST_PLAIN) {
      return value.toString();
    }
    return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  static Map<String, @Nullable Object> tree(RunHeader header) {
    TrainQuery query = header.query();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("predict", header.target().name());
    tree.put("group_by", query.groupBy());
    tree.put("features", header.features().names());
    tree.put("where", query.where());
    tree.put("weight", query.weight());
    tree.put("task", header.task().name().toLowerCase(Locale.ROOT));
    tree.put("classes", header.target().classes());
    tree.put("learner", query.learner());
    tree.put("search", query.search().toString());
    tree.put("combinations", header.combinations() == 0 ? null : header.combinations());
    tree.put("metric", header.metric().label());
    tree.put("larger_is_better", header.metric().largerIsBetter());
    tree.put("validate", query.validation().toString());
    tree.put("order_by", query.orderBy());
    tree.put("refit", query.refit());
    tree.put("fallback", query.fallback().word());
    tree.put("answer_with", query.answerWith().word());
    tree.put("families", header.families());
    tree.put("configs", header.configs().size());
    tree.put("min_rows", query.minRows());
    tree.put("seed", query.seed());
    tree.put("source", header.source());
    tree.put("source_rows", header.sourceRows());
    tree.put("data_hash", hash(header));
    tree.put("kingpin_version", header.kingpinVersion());
    return tree;
  }

  static String hash(RunHeader header) {
    return String.format("%016x", header.dataHash());
  }

  /** The key; of a family with a star for each column whose values its groups do not share. */
  static String name(RunHeader header, GroupKey key) {
    int columns = header.query().groupBy().size();
    int shared = key.values().size();
    return shared == 0 ? "all rows" : key + ",*".repeat(columns - shared);
  }

  /** The key's values by column. */
  static Map<String, @Nullable String> tree(RunHeader header, GroupKey key) {
    Map<String, @Nullable String> tree = new LinkedHashMap<>();
    for (int i = 0; i < key.values().size(); i++) {
      tree.put(header.query().groupBy().get(i), key.values().get(i));
    }
    return tree;
  }

  /** The settings, as numbers where they are numbers. */
  static @Nullable Map<String, Object> tree(@Nullable Config config) {
    if (config == null) {
      return null;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    config.settings().forEach((name, value) -> tree.put(name, number(value)));
    return tree;
  }

  private static Object number(String text) {
    try {
      double number = Double.parseDouble(text);
      if (number == Math.rint(number) && Math.abs(number) < 1e15) {
        return (long) number;
      }
      return Double.isFinite(number) ? number : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
