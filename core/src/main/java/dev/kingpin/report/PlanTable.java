package dev.kingpin.report;

import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which groups are trained how: a tree of levels, ways and groups. */
final class PlanTable {
  private final PlanReport report;
  private final Workload workload;
  private final List<PlanSection> sections;
  private final boolean sends;
  private final boolean isMeasured;

  PlanTable(PlanReport report) {
    this.report = report;
    workload = report.explanation().workload();
    sends = report.explanation() instanceof Explanation.OnCluster;
    isMeasured = report.measured() != null;
    sections = PlanSections.of(report);
  }

  String text(Page page) {
    TextTable table = new TextTable().texts("plan").numbers("rows").numbers("models");
    if (isMeasured) {
      table.numbers("est. work").numbers("work").numbers("ratio");
    } else {
      table.numbers("work");
    }
    if (sends && isMeasured) {
      table.numbers("est. sent");
    }
    if (sends) {
      table.numbers("sent");
    }
    table.texts("");
    int level = -1;
    for (PlanSection section : sections) {
      if (section.level() != level) {
        level = section.level();
        addLevel(table, level);
      }
      add(table, section);
    }
    return table.render(page);
  }

  private void addLevel(TextTable table, int level) {
    int levels = workload.levels().size();
    int size = workload.levels().get(level).size();
    String order = levels == 1 ? "" : (level == 0 ? "first " : "then ");
    table.row().cell(order + PlanWords.level(report.header(), level, levels, size), Tone.STRONG);
  }

  private void add(TextTable table, PlanSection section) {
    String indent = "  ";
    if (section.groups() == 1) {
      PlanPart only = section.first().get(0);
      String where = PlanSections.where(only);
      row(table, indent + section.way().word() + ": " + name(only), section);
      table.cell(where.isEmpty() ? section.where() : where);
      return;
    }
    row(table, indent + section.way().word() + ": " + count(section), section);
    table.cell(section.where());
    if (section.way() == PlanSection.Way.PACKED) {
      return;
    }
    for (PlanPart part : section.first()) {
      table.row().cell(indent + indent + name(part)).cell(Numbers.count(part.group().rows()));
      table.cell(Numbers.count(workload.models()));
      costs(table, part.estimated(), part.measured());
      table.cell(PlanSections.where(part), Tone.FAINT);
    }
    int left = section.groups() - section.first().size();
    if (left > 0) {
      table.row().cell(indent + indent + "... and " + Numbers.count(left) + " more", Tone.FAINT);
    }
  }

  private String count(PlanSection section) {
    boolean isGroups = section.level() == workload.levels().size() - 1;
    return isGroups
        ? Numbers.count(section.groups(), "group")
        : Numbers.count(section.groups()) + (section.groups() == 1 ? " family" : " families");
  }

  private void row(TextTable table, String label, PlanSection section) {
    table.row().cell(label).cell(Numbers.count(section.rows()));
    table.cell(Numbers.count((long) section.groups() * workload.models()));
    costs(table, section.estimated(), section.measured());
  }

  private void costs(TextTable table, Cost estimated, Cost measured) {
    table.cell(PlanWords.seconds(estimated.seconds()));
    if (isMeasured) {
      table.cell(PlanWords.seconds(measured.seconds()));
      table.cell(PlanWords.ratio(estimated.seconds(), measured.seconds()));
    }
    if (sends) {
      table.cell(PlanWords.bytes(estimated.bytes()));
    }
    if (sends && isMeasured) {
      table.cell(PlanWords.bytes(measured.bytes()));
    }
  }

  private String name(PlanPart part) {
    return PlanWords.name(report.header(), part.group().key());
  }

  /** The levels, each with its ways. */
  List<Map<String, @Nullable Object>> tree() {
    List<Map<String, @Nullable Object>> levels = new ArrayList<>();
    for (int l = 0; l < workload.levels().size(); l++) {
      int level = l;
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("level", level == workload.levels().size() - 1 ? "group" : "family");
      tree.put("groups", workload.levels().get(level).size());
      tree.put("ways", sections.stream().filter(s -> s.level() == level).map(this::tree).toList());
      levels.add(tree);
    }
    return levels;
  }

  private Map<String, @Nullable Object> tree(PlanSection section) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("way", section.way().word());
    tree.put("groups", section.groups());
    tree.put("rows", section.rows());
    tree.put("models", (long) section.groups() * workload.models());
    put(tree, section.estimated(), section.measured());
    tree.put("first", section.first().stream().map(this::tree).toList());
    tree.put("groups_left_out", section.groups() - section.first().size());
    return tree;
  }

  /** Estimates stand for themselves, and beside what was measured. */
  private void put(Map<String, @Nullable Object> tree, Cost estimated, Cost measured) {
    tree.putAll(tree(estimated));
    if (isMeasured) {
      tree.put("estimated", tree(estimated));
      tree.put("measured", tree(measured));
    }
  }

  private static Map<String, @Nullable Object> tree(Cost cost) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("work_seconds", cost.seconds());
    tree.put("bytes", cost.bytes());
    return tree;
  }

  private Map<String, @Nullable Object> tree(PlanPart part) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("key", RunWords.tree(report.header(), part.group().key()));
    tree.put("rows", part.group().rows());
    put(tree, part.estimated(), part.measured());
    if (part.placement() != null) {
      tree.put("owner", part.placement().owner());
      tree.put("shards", PlanSections.tree(part.placement()));
    }
    return tree;
  }
}
