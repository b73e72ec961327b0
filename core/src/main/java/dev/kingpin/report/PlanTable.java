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

  PlanTable(PlanReport report) {
    this.report = report;
    workload = report.explanation().workload();
    sends = report.explanation() instanceof Explanation.OnCluster;
    sections =
        report.explanation() instanceof Explanation.OnCluster plan
            ? PlanSections.of(plan)
            : PlanSections.of((Explanation.OnThreads) report.explanation());
  }

  String text(Page page) {
    TextTable table = new TextTable().texts("plan").numbers("rows").numbers("models");
    table.numbers("work");
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
      table.cell(Numbers.count(workload.models())).cell(PlanWords.seconds(part.seconds()));
      if (sends) {
        table.cell(PlanWords.bytes(part.bytes()));
      }
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
    table.cell(PlanWords.seconds(section.seconds()));
    if (sends) {
      table.cell(PlanWords.bytes(section.bytes()));
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
    tree.put("work_seconds", section.seconds());
    tree.put("bytes", section.bytes());
    tree.put("first", section.first().stream().map(this::tree).toList());
    tree.put("groups_left_out", section.groups() - section.first().size());
    return tree;
  }

  private Map<String, @Nullable Object> tree(PlanPart part) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("key", RunWords.tree(report.header(), part.group().key()));
    tree.put("rows", part.group().rows());
    tree.put("work_seconds", part.seconds());
    tree.put("bytes", part.bytes());
    if (part.placement() != null) {
      tree.put("owner", part.placement().owner());
      tree.put("shards", PlanSections.tree(part.placement()));
    }
    return tree;
  }
}
