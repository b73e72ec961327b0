package dev.kingpin.learner.linear;

import dev.kingpin.learner.RowMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fits of a chain that are still under way, and the next question they share. */
final class Live {
  private static final int MAX_REFERENCES = 16;

  private final GlmState state;
  private final int[] fits; // that are live, ascending

  private Live(GlmState state, int[] fits) {
    this.state = state;
    this.fits = fits;
  }

  static Live of(GlmState state) {
    int[] fits = new int[state.movers.size()];
    int count = 0;
    for (int f = 0; f < fits.length; f++) {
      if (state.movers.get(f).isLive()) {
        fits[count++] = f;
      }
    }
    return new Live(state, Arrays.copyOf(fits, count));
  }

  /** Losses and gradients at the trials of all live fits, or null if there are none. */
  LinearRequest.@Nullable OfLoss request(Design design) {
    if (fits.length == 0) {
      return null;
    }
    int outputs = state.loss.outputs(state.group);
    int columns = fits.length * outputs;
    double[] weights = new double[(design.columns() + 1) * columns];
    RowMask[] masks = new RowMask[fits.length];
    int[] hessians = new int[fits.length];
    int asked = 0;
    for (int t = 0; t < fits.length; t++) {
      Mover mover = state.movers.get(fits[t]);
      masks[t] = state.chain.fits().get(fits[t]).mask();
      double[] own = state.basis(fits[t]).toDesign(mover.trial(), mover.penalty.toward() > 0);
      for (int j = 0; j <= design.columns(); j++) {
        System.arraycopy(own, j * outputs, weights, j * columns + t * outputs, outputs);
      }
      if (mover.wantsHessian) {
        hessians[asked++] = t;
      }
    }
    return new LinearRequest.OfLoss(
        design, state.loss, masks, weights, Arrays.copyOf(hessians, asked));
  }

  /** Moves all live fits by what the rows have answered. */
  void hear(LossAnswers answers, LinearRequest.OfLoss request) {
    int asked = 0;
    for (int t : request.hessians()) {
      int f = fits[t];
      Basis basis = state.basis(f);
      if (Double.isFinite(answers.loss(basis, t))) {
        double[] hessian = answers.hessian(basis, asked);
        state.references.add(
            new Reference(request.masks()[t], state.movers.get(f).trial(), hessian));
      }
      asked++;
    }
    for (int t = 0; t < fits.length; t++) {
      Mover mover = state.movers.get(fits[t]);
      Basis basis = state.basis(fits[t]);
      Newton newton = new Newton(basis);
      mover.wantsHessian = false;
      if (newton.judge(mover, answers.loss(basis, t))) {
        Reference reference = nearest(fits[t], mover.accepted);
        newton.direct(mover, answers.gradient(basis, t), reference.hessian());
      }
    }
    while (state.references.size() > MAX_REFERENCES) {
      state.references.remove(0);
    }
    Live.of(state).chooseHessians();
  }

  /** The reference whose place is nearest to some coordinates of a fit. */
  Reference nearest(int fit, double[] place) {
    Basis basis = state.basis(fit);
    Reference best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Reference reference : state.references) {
      if (fits(reference, basis)) {
        double distance = basis.distance(reference.place(), place);
        if (best == null || distance < least) {
          least = distance;
          best = reference;
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("No Hessian was taken yet");
    }
    return best;
  }

  /** Whether a Hessian has the coordinates of a basis. */
  private boolean fits(Reference reference, Basis basis) {
    Basis other = state.bases.get(reference.mask());
    return other != null && Arrays.equals(other.active, basis.active);
  }

  /**
   * Chooses at which trials Hessians are taken: again and again at the one that is farthest from
   * all places where one was or will be taken, until none is far.
   */
  void chooseHessians() {
    List<double[]> chosen = new ArrayList<>();
    double[] distances = new double[fits.length];
    for (int t = 0; t < fits.length; t++) {
      double[] trial = state.movers.get(fits[t]).trial();
      Basis basis = state.basis(fits[t]);
      distances[t] = basis.distance(nearest(fits[t], trial).place(), trial);
    }
    while (chosen.size() < fits.length) {
      int farthest = farthest(distances);
      if (!(distances[farthest] > Newton.NEAR)) {
        return;
      }
      Mover mover = state.movers.get(fits[farthest]);
      mover.wantsHessian = true;
      double[] place = mover.trial();
      chosen.add(place);
      for (int t = 0; t < fits.length; t++) {
        if (Arrays.equals(state.basis(fits[t]).active, state.basis(fits[farthest]).active)) {
          double[] trial = state.movers.get(fits[t]).trial();
          distances[t] = Math.min(distances[t], state.basis(fits[t]).distance(place, trial));
        }
      }
    }
  }

  private static int farthest(double[] distances) {
    int farthest = 0;
    for (int t = 1; t < distances.length; t++) {
      if (distances[t] > distances[farthest]) {
        farthest = t;
      }
    }
    return farthest;
  }
}
