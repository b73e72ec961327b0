package dev.kingpin.report;

import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.ThreadsPlan;
import dev.kingpin.plan.Workload;
import dev.kingpin.plan.Workload.Sized;
import dev.kingpin.report.PlanSection.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorts the groups of a plan by the way in which they are trained. */
final class PlanSections {
  /** Groups that a section names. */
  static final int NAMED = 4;

  /** Groups that send something and are looked at one by one. */
  private static final int COUNTED = 500;

  /** Whole groups of a smaller share of all time are packed. */
  private static final double SMALL = 0.01;

  private final Explanation explanation;
  private final @Nullable Measured measured;
  private final List<Map<Way, List<PlanPart>>> levels = new ArrayList<>();
  private int counted;

  private PlanSections(PlanReport report) {
    explanation = report.explanation();
    measured = report.measured();
    explanation.workload().levels().forEach(l -> levels.add(new EnumMap<>(Way.class)));
  }

  static List<PlanSection> of(PlanReport report) {
    PlanSections sections = new PlanSections(report);
    if (report.explanation() instanceof Explanation.OnCluster plan) {
      sections.addAll(plan);
    } else {
      sections.addAll((Explanation.OnThreads) report.explanation());
    }
    return sections.all();
  }

  private void addAll(Explanation.OnCluster plan) {
    Candidate chosen = Objects.requireNonNull(plan.decision().chosen());
    for (Stage stage : chosen.stages()) {
      stage.groups().forEach(placed -> add(plan, placed, chosen.seconds()));
    }
  }

  private void addAll(Explanation.OnThreads plan) {
    Workload workload = plan.workload();
    for (int l = 0; l < workload.levels().size(); l++) {
      Demands level = plan.demands().get(l);
      for (int g = 0; g < level.size(); g++) {
        boolean isShared = plan.plan().threads() > 1 && ThreadsPlan.isShared(level.of(g));
        Sized group = workload.levels().get(l).get(g);
        PlanPart part = new PlanPart(group, new Cost(level.seconds(g), 0), measured(group), null);
        add(l, isShared ? Way.SHARED : Way.WHOLE, part);
      }
    }
  }

  private Cost measured(Sized group) {
    return measured == null ? Cost.UNKNOWN : measured.cost(group);
  }

  private void add(Explanation.OnCluster plan, Stage.Placed placed, double all) {
    Placement placement = placed.placement();
    double seconds = plan.demand(placed.group()).seconds();
    boolean isWhole = placement instanceof Placement.Whole;
    double bytes = isWhole ? 0 : Double.NaN;
    if (!isWhole && counted++ < COUNTED) {
      bytes = plan.simulate(placed).bytes();
    }
    Workload workload = plan.workload();
    Sized group = workload.of(placed.group());
    PlanPart part = new PlanPart(group, new Cost(seconds, bytes), measured(group), placement);
    add(workload.level(placed.group()), way(placement, seconds < SMALL * all), part);
  }

  private static Way way(Placement placement, boolean isSmall) {
    if (placement instanceof Placement.Cut) {
      return Way.CUT;
    }
    if (placement instanceof Placement.Summed) {
      return Way.SUMMED;
    }
    return placement instanceof Placement.Spread ? Way.SPREAD : isSmall ? Way.PACKED : Way.WHOLE;
  }

  private void add(int level, Way way, PlanPart part) {
    levels.get(level).computeIfAbsent(way, w -> new ArrayList<>()).add(part);
  }

  private List<PlanSection> all() {
    List<PlanSection> all = new ArrayList<>();
    for (int l = 0; l < levels.size(); l++) {
      int level = l;
      levels.get(l).forEach((way, parts) -> all.add(section(level, way, parts)));
    }
    return all;
  }

  private PlanSection section(int level, Way way, List<PlanPart> parts) {
    parts.sort(Comparator.comparingDouble((PlanPart p) -> p.estimated().seconds()).reversed());
    return new PlanSection(
        level,
        way,
        List.copyOf(parts.subList(0, Math.min(NAMED, parts.size()))),
        parts.size(),
        parts.stream().mapToLong(p -> p.group().rows()).sum(),
        parts.stream().map(PlanPart::estimated).reduce(Cost.NONE, Cost::plus),
        parts.stream().map(PlanPart::measured).reduce(Cost.NONE, Cost::plus),
        where(way, parts));
  }

  private String where(Way way, List<PlanPart> parts) {
    if (!(explanation instanceof Explanation.OnCluster plan)) {
      return way == Way.SHARED ? way.meaning() : "each on one thread";
    }
    if (way != Way.WHOLE && way != Way.PACKED) {
      return way.meaning();
    }
    int[] counts = new int[plan.cluster().size()];
    parts.forEach(p -> counts[Objects.requireNonNull(p.placement()).owner()]++);
    int[] used = Arrays.stream(counts).filter(c -> c > 0).sorted().toArray();
    String range =
        used[0] == used[used.length - 1]
            ? Numbers.count(used[0])
            : Numbers.count(used[0]) + " to " + Numbers.count(used[used.length - 1]);
    return used.length == 1
        ? "all on one worker"
        : "%s on each of %s".formatted(range, Numbers.count(used.length, "worker"));
  }

  /** Where one group lies. */
  static String where(PlanPart part) {
    Placement placement = part.placement();
    if (placement instanceof Placement.Cut cut) {
      return shards(cut.shards()) + ", owner " + cut.owner();
    }
    if (placement instanceof Placement.Summed summed) {
      return shards(summed.shards()) + ", owner " + summed.owner();
    }
    if (placement instanceof Placement.Spread spread) {
      long workers = spread.workers().stream().distinct().count();
      return "%s on %s, owner %d"
          .formatted(
              Numbers.count(spread.workers().size(), "task"),
              Numbers.count(workers, "worker"),
              spread.owner());
    }
    return placement == null ? "" : "worker " + placement.owner();
  }

  private static String shards(List<Shard> shards) {
    double least = shards.stream().mapToDouble(Shard::share).min().orElse(0);
    double most = shards.stream().mapToDouble(Shard::share).max().orElse(0);
    String few = Numbers.percent(least);
    String many = Numbers.percent(most);
    return Numbers.count(shards.size(), "shard")
        + " of "
        + (few.equals(many) ? few : few + " to " + many);
  }

  /** Where one group lies, for {@link Json}. */
  static List<Map<String, Object>> tree(Placement placement) {
    List<Shard> shards =
        placement instanceof Placement.Cut cut
            ? cut.shards()
            : placement instanceof Placement.Summed summed ? summed.shards() : List.of();
    return shards.stream()
        .map(s -> Map.<String, Object>of("worker", s.worker(), "share", s.share()))
        .toList();
  }
}
