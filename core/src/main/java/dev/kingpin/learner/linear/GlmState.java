package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State of a chain of fits that move together toward their optima. */
final class GlmState {
  /** Fits with more coordinates go by L-BFGS: Hessians would cost more than they save. */
  private static final int NEWTON_COORDINATES = 192;

  final Chain chain;
  final GroupStats group;
  final @Nullable Prior prior;
  final Loss loss;
  @Nullable Design design;
  @Nullable Levels levels;
  @Nullable MaskSums sums;
  LinearRequest.@Nullable OfLoss next; // what live fits ask; follows from the rest
  final Map<RowMask, Basis> bases = new LinkedHashMap<>();
  final List<Mover> movers = new ArrayList<>(); // (fits)
  final List<Reference> references = new ArrayList<>(); // the oldest first

  GlmState(Chain chain, GroupStats group, @Nullable Prior prior) {
    this.chain = chain;
    this.group = group;
    this.prior = prior;
    String word = chain.fits().get(0).config().text(LinearLearner.LOSS, LinearLearner.SQUARED);
    loss = Loss.of(chain.task(), group, word);
    if (group.features().categorical().isEmpty()) {
      know(new Levels(group.features(), new long[0]));
    }
  }

  /** The levels have been counted. */
  void know(Levels counted) {
    levels = counted;
    design = Design.of(group, counted);
  }

  /** Whether no fit takes Hessians: they are too large, or the solver does without. */
  boolean isWide() {
    return design != null
        && (isWide(loss.outputs(group) * (design.columns() + 1))
            || chain.fits().stream().allMatch(f -> LinearLearner.isLbfgs(f.config())));
  }

  static boolean isWide(int coordinates) {
    return coordinates > NEWTON_COORDINATES;
  }

  Basis basis(int fit) {
    Basis basis = bases.get(chain.fits().get(fit).mask());
    if (basis == null) {
      throw new IllegalStateException("The rows have not been read");
    }
    return basis;
  }
}
