package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupRows;
import dev.kingpin.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What must hold at every step of a chain of sums or histograms. */
final class AggregateChecks<S, Q, P> {
  private final AggregateTrainer<S, Q, P> trainer;
  private final Chain chain;
  private final GroupRows rows;
  private final @Nullable Prior prior;
  private final Workspace workspace = new Workspace(Kernels.best());
  private final Random random = new Random(1);

  AggregateChecks(
      AggregateTrainer<S, Q, P> trainer, Chain chain, GroupRows rows, @Nullable Prior prior) {
    this.trainer = trainer;
    this.chain = chain;
    this.rows = rows;
    this.prior = prior;
  }

  /** Any order of the blocks, any number of partials and any tree of merges give one answer. */
  void anyOrderGivesTheSameState() {
    S state = trainer.begin(chain, rows.stats(), prior);
    RowState rowState = rowState();
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      byte[] before = trainer.snapshot(state);
      RowState left = copy(rowState);
      trainer.tell(state, inOrder(request, trainer.partial(request, null), left));
      byte[] expected = trainer.snapshot(state);
      for (int parts : new int[] {1, 2, 3, rows.blocks() + 1}) {
        RowState other = copy(rowState);
        assertThat(told(before, shuffled(request, other, parts))).isEqualTo(expected);
        assertThat(other.values()).isEqualTo(left.values());
      }
      rowState = left;
    }
  }

  /**
   * A partial that has served before answers as a fresh one, whether it served the step before or
   * another group, and no state still looks at it.
   */
  void aReusedPartialIsAsGoodAsAFreshOne(GroupRows another) {
    AggregateChecks<S, Q, P> before = new AggregateChecks<>(trainer, chain, another, prior);
    List<Told<Q, P>> ofAnother = before.run(List.of());
    List<Told<Q, P>> fresh = run(List.of());
    List<Told<Q, P>> reused = run(ofAnother.stream().map(Told::partial).toList());
    List<P> shifted = new ArrayList<>(reused.stream().map(Told::partial).toList());
    shifted.add(0, null);
    List<Told<Q, P>> again = run(shifted);
    assertThat(reused).hasSameSizeAs(fresh);
    for (int step = 0; step < fresh.size(); step++) {
      assertThat(reused.get(step).after).isEqualTo(fresh.get(step).after);
      assertThat(again.get(step).after).isEqualTo(fresh.get(step).after);
    }
  }

  /** A step: what was asked, what was told, and the state after that. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Told<Q, P>(Q request, P partial, byte[] after) {}

  /** All steps; the i-th may empty and fill the i-th used partial. */
  private List<Told<Q, P>> run(List<@Nullable P> used) {
    List<Told<Q, P>> steps = new ArrayList<>();
    S state = trainer.begin(chain, rows.stats(), prior);
    RowState rowState = rowState();
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      @Nullable P reuse = steps.size() < used.size() ? used.get(steps.size()) : null;
      P partial = inOrder(request, trainer.partial(request, reuse), rowState);
      trainer.tell(state, partial);
      steps.add(new Told<>(request, partial, trainer.snapshot(state)));
    }
    byte[] end = trainer.snapshot(state);
    for (Told<Q, P> step : steps) {
      trainer.partial(step.request, step.partial);
      assertThat(trainer.snapshot(state)).as("state after its partial was emptied").isEqualTo(end);
      inOrder(step.request, step.partial, copy(rowState)); // and full for those who come next
    }
    return steps;
  }

  /** Asking leaves the state alone, and asking again gets the same question. */
  void askingTwiceChangesNothing() {
    S state = trainer.begin(chain, rows.stats(), prior);
    RowState rowState = rowState();
    byte[] before = trainer.snapshot(state);
    Q first = trainer.ask(state);
    while (first != null) {
      Q second = trainer.ask(state);
      assertThat(trainer.snapshot(state)).isEqualTo(before);
      assertThat(second).isNotNull();
      byte[] expected =
          told(before, inOrder(second, trainer.partial(second, null), copy(rowState)));
      trainer.tell(state, inOrder(first, trainer.partial(first, null), rowState));
      before = trainer.snapshot(state);
      assertThat(before).isEqualTo(expected);
      first = trainer.ask(state);
    }
    assertThat(trainer.ask(state)).isNull();
    assertThat(trainer.snapshot(state)).isEqualTo(before);
  }

  private RowState rowState() {
    int width = trainer.rowStateWidth(chain);
    return new RowState(new float[(int) rows.rows() * width], width);
  }

  private static RowState copy(RowState rowState) {
    return new RowState(rowState.values().clone(), rowState.width());
  }

  private byte[] told(byte[] before, P partial) {
    S state = trainer.restore(chain, rows.stats(), prior, before);
    trainer.tell(state, partial);
    return trainer.snapshot(state);
  }

  private P inOrder(Q request, P partial, RowState rowState) {
    for (int b = 0; b < rows.blocks(); b++) {
      trainer.accumulate(request, rows.block(b), rowState, partial, workspace);
    }
    return partial;
  }

  private P shuffled(Q request, RowState rowState, int parts) {
    List<P> partials = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      partials.add(trainer.partial(request, null));
    }
    List<Integer> blocks = new ArrayList<>(IntStream.range(0, rows.blocks()).boxed().toList());
    Collections.shuffle(blocks, random);
    for (int b : blocks) {
      P partial = partials.get(random.nextInt(parts));
      trainer.accumulate(request, rows.block(b), rowState, partial, workspace);
    }
    while (partials.size() > 1) {
      P from = partials.remove(random.nextInt(partials.size()));
      trainer.merge(partials.get(random.nextInt(partials.size())), from);
    }
    return partials.get(0);
  }
}
