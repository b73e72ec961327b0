package dev.kingpin.plan;

import dev.kingpin.learner.Chain;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import dev.kingpin.plan.Demand.OfChain;
import java.util.ArrayList;
import java.util.List;

/** Turns what learners count into what groups ask of a cluster. */
public final class Estimator {
  private static final double ROWS_A_BLOCK = 1024;
  private static final double SCORE_BYTES = 8;
  private static final double SUMS_A_MODEL = 2;

  /**
   * Of a row: its fold is dealt, its target is summed for the constant that models have to beat.
   */
  private static final double COUNTS_A_ROW = 60;

  private static final double TARGET_BYTES = 64;

  private final Learner learner;
  private final List<Chain> chains;
  private final Machine machine;
  private final Search search;

  /**
   * What is tried on every group.
   *
   * @param models that are scored on each validation row
   * @param held the share of the rows that is scored, of all folds together
   * @param refit whether the winner is trained again on all rows
   */
  public record Search(int models, double held, boolean refit) {}

  public Estimator(Learner learner, List<Chain> chains, Machine machine, Search search) {
    this.learner = learner;
    this.chains = List.copyOf(chains);
    this.machine = machine;
    this.search = search;
  }

  /**
   * What a group asks for.
   *
   * @param rowBytes of a row in memory
   */
  public Demand of(GroupShape shape, double rowBytes) {
    int blocks = (int) Math.max(1, Math.ceil(shape.rows() / ROWS_A_BLOCK));
    int virtualShards = VirtualShards.of(shape.rows());
    List<OfChain> all = new ArrayList<>();
    for (Chain chain : chains) {
      all.add(chain(shape, chain, virtualShards, true));
    }
    List<OfChain> last = new ArrayList<>(List.of(scores(shape, blocks)));
    if (search.refit()) {
      Chain refit = chains.get(0).refit(0);
      Work work = learner.refitWork(shape, chains.get(0));
      last.add(chain(work, refit, 0, Parts.NONE));
    }
    return new Demand(blocks, virtualShards, rowBytes * shape.rows(), all, last);
  }

  private OfChain chain(GroupShape shape, Chain chain, int virtualShards, boolean isWhole) {
    List<Chain> split = isWhole ? learner.parts(chain) : List.of();
    Parts parts =
        new Parts(
            split.size(),
            () -> split.stream().map(p -> chain(shape, p, virtualShards, false)).toList());
    Trainer<?> trainer = learner.trainer(chain);
    double start =
        trainer instanceof SequentialTrainer<?> sequential
            ? (double) sequential.startShard(chain, virtualShards) / virtualShards
            : 0;
    return chain(learner.work(shape, chain), chain, start, parts);
  }

  private OfChain chain(Work work, Chain chain, double start, Parts parts) {
    List<Steps> steps = work.phases().stream().map(p -> Steps.of(p, machine)).toList();
    return new OfChain(chain.pattern(), steps, work.stateBytes(), start, parts);
  }

  /** All models on the validation rows: every row block has sums of its own. */
  private OfChain scores(GroupShape shape, int blocks) {
    double models = search.models();
    double rows = shape.rows() * search.held();
    double flops = rows * models * learner.answerFlops(shape);
    double partial = SCORE_BYTES * SUMS_A_MODEL * models * blocks;
    double request = SCORE_BYTES * models * (shape.numeric() + shape.levels() + 1);
    Work.Phase phase = new Work.Phase(Work.Kind.SCORES, 1, flops, 0, partial, request, partial, 1);
    List<Steps> steps = List.of(targets(shape), Steps.of(phase, machine).shared());
    return new OfChain(Pattern.ALGEBRAIC, steps, request, 0, Parts.NONE);
  }

  private Steps targets(GroupShape shape) {
    double counts = shape.rows() * COUNTS_A_ROW;
    return Steps.of(
        new Work.Phase(Work.Kind.COUNTS, 1, counts, 0, 0, SCORE_BYTES, TARGET_BYTES, 1), machine);
  }
}
