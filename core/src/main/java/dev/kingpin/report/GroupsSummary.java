package dev.kingpin.report;

import dev.kingpin.learner.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What became of all groups together, and whether a model a group was worth it.
 *
 * @param fates what became of them
 * @param rows usable rows of all groups
 * @param trainedRows usable rows of trained groups
 * @param skippedRows rows without a target or a positive weight
 * @param judgedGroups groups in which all contenders were judged
 * @param validationRows of these groups
 * @param standings of the contenders over these rows, own models first
 * @param medianMetric of the winners over all trained groups
 * @param better groups whose winner beats the constant
 */
public record GroupsSummary(
    Fates fates,
    long rows,
    long trainedRows,
    long skippedRows,
    int judgedGroups,
    long validationRows,
    List<Standing> standings,
    double medianMetric,
    int better) {

  /** Sums up groups that were compared by this metric. */
  public static GroupsSummary of(List<GroupLine> lines, Metric metric) {
    List<GroupLine> trained = lines.stream().filter(l -> l.winner() != null).toList();
    List<Contender> contenders =
        Arrays.stream(Contender.values())
            .filter(c -> trained.stream().anyMatch(l -> Double.isFinite(l.marks().of(c))))
            .toList();
    List<GroupLine> judged =
        trained.stream()
            .filter(l -> l.validationRows() > 0)
            .filter(l -> contenders.stream().allMatch(c -> isJudged(l, c)))
            .toList();
    return new GroupsSummary(
        Fates.of(lines),
        lines.stream().mapToLong(GroupLine::rows).sum(),
        trained.stream().mapToLong(GroupLine::rows).sum(),
        lines.stream().mapToLong(GroupLine::skippedRows).sum(),
        judged.size(),
        judged.stream().mapToLong(GroupLine::validationRows).sum(),
        standings(judged, contenders, metric),
        median(trained.stream().mapToDouble(GroupLine::metric)),
        (int) judged.stream().filter(l -> l.marks().beatsConstant()).count());
  }

  /**
   * Whether a contender has a number in a group; a parent that is the global one has that one's.
   */
  private static boolean isJudged(GroupLine line, Contender contender) {
    return Double.isFinite(score(line, contender));
  }

  private static double score(GroupLine line, Contender contender) {
    double score = line.marks().of(contender);
    return contender == Contender.PARENT && Double.isNaN(score) ? line.marks().global() : score;
  }

  private static List<Standing> standings(
      List<GroupLine> judged, List<Contender> contenders, Metric metric) {
    List<Standing> standings = new ArrayList<>();
    double own = Double.NaN;
    for (Contender contender : judged.isEmpty() ? List.<Contender>of() : contenders) {
      double score = together(judged, contender, metric);
      own = contender == Contender.OWN ? score : own;
      int best = (int) judged.stream().filter(l -> l.marks().best().contains(contender)).count();
      standings.add(new Standing(contender, score, Marks.gain(metric, own, score), best));
    }
    return List.copyOf(standings);
  }

  /** Whether the metric of all rows follows from those of the groups. */
  static boolean addsUp(Metric metric) {
    return metric != Metric.R2 && metric != Metric.AUC;
  }

  private static double together(List<GroupLine> lines, Contender contender, Metric metric) {
    if (!addsUp(metric)) {
      return median(lines.stream().mapToDouble(l -> score(l, contender)));
    }
    double sum = 0;
    double rows = 0;
    for (GroupLine line : lines) {
      double ofGroup = score(line, contender);
      sum += line.validationRows() * (metric == Metric.RMSE ? ofGroup * ofGroup : ofGroup);
      rows += line.validationRows();
    }
    return metric == Metric.RMSE ? Math.sqrt(sum / rows) : sum / rows;
  }

  private static double median(java.util.stream.DoubleStream numbers) {
    double[] values = numbers.filter(Double::isFinite).sorted().toArray();
    if (values.length == 0) {
      return Double.NaN;
    }
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** Number of groups. */
  public int groups() {
    return fates.groups();
  }

  /** Groups for which nobody answers. */
  public int failed() {
    return fates.failed();
  }

  /** What a contender scores over all judged groups; NaN if it was not judged. */
  public double metric(Contender contender) {
    return standings.stream()
        .filter(s -> s.contender() == contender)
        .mapToDouble(Standing::metric)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The share of a contender's error that the groups' own models take off; NaN if unknown. */
  public double gainOver(Contender contender) {
    return standings.stream()
        .filter(s -> s.contender() == contender)
        .mapToDouble(Standing::gain)
        .findFirst()
        .orElse(Double.NaN);
  }
}
