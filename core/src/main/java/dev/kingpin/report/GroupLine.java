package dev.kingpin.report;

import dev.kingpin.data.GroupKey;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.AnswerWith;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.TrainedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What overviews say of a group.
 *
 * @param key its group-by values
 * @param status {@code trained}, {@code constant}, {@code fallback} or {@code failed}
 * @param rows usable rows
 * @param validationRows how many of them configs were judged on
 * @param skippedRows rows without a target or a positive weight
 * @param winner the best config, or null if the group has no tuned model
 * @param marks what the winner and others score on the validation rows
 * @param answering who answers for the group, or null if nobody does
 * @param reason why there is no tuned model, as a word, or null
 * @param message why there is no tuned model, for people, or null
 */
public record GroupLine(
    GroupKey key,
    String status,
    long rows,
    long validationRows,
    long skippedRows,
    @Nullable Config winner,
    Marks marks,
    @Nullable Contender answering,
    @Nullable String reason,
    @Nullable String message) {

  static GroupLine of(RunHeader header, TrainedGroup group) {
    Outcome outcome = group.outcome();
    Marks none = Marks.none(header.metric());
    if (outcome instanceof Outcome.Trained trained) {
      Config winner = header.configs().get(trained.winner());
      Marks marks = Marks.of(header.metric(), trained);
      return line(group, winner, marks, answering(header, marks), null, null);
    }
    if (outcome instanceof Outcome.Constant constant) {
      return line(group, null, none, Contender.OWN, "constant_target", constant.reason());
    }
    if (outcome instanceof Outcome.Fallback fallback) {
      boolean isGlobal = fallback.answering().values().isEmpty();
      String who = isGlobal ? "global" : RunWords.name(header, fallback.answering());
      return line(
          group,
          null,
          none,
          isGlobal ? Contender.GLOBAL : Contender.PARENT,
          fallback.reason().name().toLowerCase(Locale.ROOT),
          fallback.message() + "; " + who + " answers");
    }
    Outcome.Failed failed = (Outcome.Failed) outcome;
    String reason = failed.reason().name().toLowerCase(Locale.ROOT);
    return line(group, null, none, null, reason, failed.message());
  }

  private static Contender answering(RunHeader header, Marks marks) {
    if (header.query().answerWith() == AnswerWith.OWN) {
      return Contender.OWN;
    }
    return marks.ranked().stream()
        .filter(c -> c != Contender.CONSTANT)
        .findFirst()
        .orElse(Contender.OWN);
  }

  private static GroupLine line(
      TrainedGroup group,
      @Nullable Config winner,
      Marks marks,
      @Nullable Contender answering,
      @Nullable String reason,
      @Nullable String message) {
    return new GroupLine(
        group.key(),
        group.outcome().status(),
        group.rows(),
        group.validationRows(),
        group.skippedRows(),
        winner,
        marks,
        answering,
        reason,
        message);
  }

  /** What the winner scores, or NaN. */
  public double metric() {
    return marks.own();
  }

  /** The share of the constant's error that the model takes off; NaN where there is none. */
  public double gain() {
    return marks.gainOver(Contender.CONSTANT);
  }

  /** Who does best on the validation rows, {@code tie} if several do, null if nobody was judged. */
  public @Nullable String best() {
    return best(Contender::word);
  }

  @Nullable String best(Function<Contender, String> name) {
    List<Contender> best = marks.best();
    return best.isEmpty() ? null : best.size() > 1 ? "tie" : name.apply(best.get(0));
  }

  /** The level that answers, as predictions name it. */
  public String level() {
    return answering == null ? "none" : answering == Contender.OWN ? "group" : answering.word();
  }

  Map<String, @Nullable Object> tree(RunHeader header) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("key", RunWords.tree(header, key));
    tree.put("status", status);
    tree.put("rows", rows);
    tree.put("validation_rows", validationRows);
    tree.put("skipped_rows", skippedRows);
    tree.put("winner", RunWords.tree(winner));
    tree.put("metric", metric());
    for (Contender other : RunWords.RIVALS) {
      tree.put(other.word() + "_metric", marks.of(other));
    }
    tree.put("gain", gain());
    tree.put("best", best());
    tree.put("model_level", level());
    tree.put("reason", reason);
    tree.put("message", message);
    return tree;
  }

  Tone tone() {
    return switch (status) {
      case "trained" -> Tone.GOOD;
      case "constant", "fallback" -> Tone.WARNING;
      default -> Tone.BAD;
    };
  }
}
