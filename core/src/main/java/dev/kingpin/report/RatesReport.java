package dev.kingpin.report;

import dev.kingpin.learner.Work;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How fast a machine is, and who says so. */
public record RatesReport(Rates rates) {
  /** In a few lines. */
  public String text(Page page) {
    Machine machine = rates.machine();
    List<String> parts = new ArrayList<>();
    for (Work.Kind kind : Work.Kind.values()) {
      parts.add(word(kind) + " " + rate(machine, kind));
    }
    parts.add("rows read " + PlanWords.bytes(machine.memory()) + "/s");
    parts.add("a request " + PlanWords.seconds(machine.start()));
    parts.add("messages packed " + PlanWords.bytes(machine.codec()) + "/s");
    int half = (parts.size() + 1) / 2;
    return "rates of a core: "
        + rates.origin()
        + "\n  "
        + page.paint().apply(Tone.FAINT, String.join(", ", parts.subList(0, half)) + ",")
        + "\n  "
        + page.paint().apply(Tone.FAINT, String.join(", ", parts.subList(half, parts.size())))
        + "\n";
  }

  /** Side by side with other rates. */
  public String beside(Rates others, Page page) {
    Machine mine = rates.machine();
    Machine other = others.machine();
    TextTable table =
        new TextTable().texts("rate of a core").numbers(rates.origin()).numbers(others.origin());
    table.texts("");
    for (Work.Kind kind : Work.Kind.values()) {
      table.row().cell(word(kind)).cell(rate(mine, kind)).cell(rate(other, kind));
      table.cell(meaning(kind), Tone.FAINT);
    }
    row(table, "rows read", PlanWords.bytes(mine.memory()), PlanWords.bytes(other.memory()));
    table.cell("a second", Tone.FAINT);
    row(table, "a request", PlanWords.seconds(mine.start()), PlanWords.seconds(other.start()));
    table.cell("to begin one, with few rows", Tone.FAINT);
    row(table, "messages packed", PlanWords.bytes(mine.codec()), PlanWords.bytes(other.codec()));
    table.cell("a second, or unpacked", Tone.FAINT);
    return table.render(page);
  }

  private static void row(TextTable table, String label, String mine, String other) {
    table.row().cell(label).cell(mine).cell(other);
  }

  private static String word(Work.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String rate(Machine machine, Work.Kind kind) {
    return PlanWords.rate(Objects.requireNonNull(machine.flops().get(kind)));
  }

  private static String meaning(Work.Kind kind) {
    return switch (kind) {
      case COUNTS -> "counts and sums of single columns";
      case PRODUCTS -> "Gram matrices, Hessians";
      case SCORES -> "scores of rows, losses, gradients";
      case UPDATES -> "batches of stochastic solvers";
      case HISTOGRAMS -> "not measured: no learner makes any";
      case SOLVING -> "equations at the owner of a group";
    };
  }

  /** As a tree for {@link Json}. */
  public Map<String, @Nullable Object> tree() {
    Machine machine = rates.machine();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("origin", rates.origin());
    Map<String, @Nullable Object> operations = new LinkedHashMap<>();
    for (Work.Kind kind : Work.Kind.values()) {
      operations.put(word(kind), machine.flops().get(kind));
    }
    tree.put("operations_per_second", operations);
    tree.put("row_bytes_per_second", machine.memory());
    tree.put("request_seconds", machine.start());
    tree.put("message_bytes_per_second", machine.codec());
    return tree;
  }
}
