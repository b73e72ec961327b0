package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.learner.Config;
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
  LinearRequest.@Nullable OfLoss request() {
    Design design = state.design;
    if (design == null) {
      return null;
    }
    if (fits.length == 0) {
      return closing(design);
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

  /** The Hessian at the end of the fit that is to say how far its weights can be trusted. */
  private LinearRequest.@Nullable OfLoss closing(Design design) {
    Mover mover = state.movers.get(0);
    boolean asks = state.chain.infers(0) && !state.isWide() && mover.problem == null;
    if (!asks || mover.information != null || state.basis(0).isDegenerate()) {
      return null;
    }
    double[] weights = state.basis(0).toDesign(mover.accepted, mover.penalty.toward() > 0);
    RowMask[] masks = {state.chain.fits().get(0).mask()};
    return new LinearRequest.OfLoss(design, state.loss, masks, weights, new int[1]);
  }

  /** All fits take their first step from what the Gram matrices tell. */
  void start() {
    if (state.isWide()) {
      state.next = request();
      return;
    }
    addStartHessians();
    List<Newton.Step> steps = new ArrayList<>();
    for (int f : fits) {
      Basis basis = state.basis(f);
      Mover mover = state.movers.get(f);
      if (mover.descent == null && new LineSearch(basis).judge(mover, basis.startLoss)) {
        steps.add(step(f, basis.startGradient));
      }
    }
    Newton.take(steps);
    for (int f : fits) {
      state.movers.get(f).wantsHessian = false;
    }
    Live left = Live.of(state);
    left.chooseHessians();
    state.next = left.request();
  }

  /** A fit that goes on from another one asks for the loss where it stands. */
  void startRefit() {
    if (!state.isWide()) {
      addStartHessians();
    }
    state.next = request();
  }

  /** All coordinates have a Hessian from now on: that of their start. */
  private void addStartHessians() {
    state.bases.forEach(
        (mask, basis) ->
            state.references.add(
                new Reference(mask, new Place(basis, basis.start), basis.startHessian())));
  }

  /**
   * Makes the only fit of a refit go on from where an earlier fit ended on fewer rows. If that is
   * worse than the start, perhaps since coefficients had no end on these rows, it starts anew.
   */
  void goOnFrom(double[] place) {
    Mover mover = state.movers.get(0);
    Basis basis = state.basis(0);
    if (mover.descent != null) {
      Config config = state.chain.fits().get(0).config();
      mover.accepted = place;
      mover.objective = Double.NaN;
      mover.descent = Descents.begin(basis, mover.penalty, config, place);
      return;
    }
    Newton newton = new Newton(basis);
    mover.headFor(place, basis.startLoss + newton.penalty(mover.penalty, basis.start));
    mover.problem = newton.isUnheld(mover.penalty) ? LinearRows.COLLINEAR : null;
  }

  /** Moves all live fits by what the rows have answered. */
  void hear(LossAnswers answers, LinearRequest.OfLoss request) {
    if (fits.length == 0) {
      state.movers.get(0).information = answers.hessian(state.basis(0), 0);
      state.next = null;
      return;
    }
    keepHessians(answers, request);
    List<Newton.Step> steps = new ArrayList<>();
    for (int t = 0; t < fits.length; t++) {
      Mover mover = state.movers.get(fits[t]);
      Basis basis = state.basis(fits[t]);
      mover.wantsHessian = false;
      double loss = answers.loss(basis, t);
      double[] gradient = answers.gradient(basis, t);
      if (Double.isNaN(mover.objective) && isWorse(mover, basis, loss)) {
        loss = basis.startLoss; // what fits some rows is beyond all bounds on the others
        gradient = basis.startGradient.clone();
        mover.restart(basis, state.chain.fits().get(fits[t]).config());
      }
      if (mover.descent != null) {
        descend(mover, basis, loss, gradient);
        continue;
      }
      if (new LineSearch(basis).judge(mover, loss)) {
        steps.add(step(fits[t], gradient));
      } else if (mover.isHeading()) {
        steps.add(step(fits[t], basis.startGradient));
      }
    }
    Newton.take(steps);
    Live left = Live.of(state);
    left.chooseHessians();
    state.next = left.request();
  }

  /** Whether the trial is worse than the start of all fits. */
  private static boolean isWorse(Mover mover, Basis basis, double loss) {
    Newton newton = new Newton(basis);
    double start = basis.startLoss + newton.penalty(mover.penalty, basis.start);
    return !(loss + newton.penalty(mover.penalty, mover.trial()) <= start);
  }

  private static void descend(Mover mover, Basis basis, double loss, double[] gradient) {
    Lbfgs descent = requireNonNull(mover.descent);
    double smooth = Descents.addSmooth(basis, mover.penalty, descent.trial(), gradient);
    mover.hear(descent, loss + smooth, gradient);
  }

  private void keepHessians(LossAnswers answers, LinearRequest.OfLoss request) {
    int asked = 0;
    for (int t : request.hessians()) {
      Basis basis = state.basis(fits[t]);
      if (Double.isFinite(answers.loss(basis, t))) {
        Place place = state.movers.get(fits[t]).trialPlace(basis);
        double[] hessian = answers.hessian(basis, asked);
        state.references.add(new Reference(request.masks()[t], place, hessian));
      }
      asked++;
    }
    int first = state.bases.size(); // those of the start stay: they have all coordinates
    while (state.references.size() > first + MAX_REFERENCES) {
      state.references.remove(first);
    }
  }

  private Newton.Step step(int fit, double[] gradient) {
    Mover mover = state.movers.get(fit);
    Basis basis = state.basis(fit);
    Reference nearest = nearest(mover.acceptedPlace(basis));
    Secant secant = mover.secant(basis, gradient, nearest);
    return new Newton(basis).step(mover, gradient, nearest.hessian(), secant);
  }

  /** The reference that is nearest to some place. */
  private Reference nearest(Place place) {
    Reference best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Reference reference : state.references) {
      if (hasSameCoordinates(reference.place().basis, place.basis)) {
        double distance = place.distance(reference.place());
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

  private static boolean hasSameCoordinates(Basis a, Basis b) {
    return Arrays.equals(a.active, b.active);
  }

  /**
   * Chooses at which trials Hessians are taken: again and again at the one that is farthest from
   * all places where one was or will be taken, until none is far.
   */
  private void chooseHessians() {
    List<Mover> movers = new ArrayList<>(); // that take Hessians
    List<Place> trials = new ArrayList<>();
    for (int fit : fits) {
      Mover mover = state.movers.get(fit);
      if (mover.descent == null) {
        movers.add(mover);
        trials.add(mover.trialPlace(state.basis(fit)));
      }
    }
    double[] distances = new double[trials.size()];
    for (int t = 0; t < distances.length; t++) {
      distances[t] = trials.get(t).distance(nearest(trials.get(t)).place());
    }
    for (int farthest = farthest(distances);
        farthest >= 0 && distances[farthest] > Newton.NEAR;
        farthest = farthest(distances)) {
      movers.get(farthest).wantsHessian = true;
      Place chosen = trials.get(farthest);
      for (int t = 0; t < distances.length; t++) {
        if (hasSameCoordinates(trials.get(t).basis, chosen.basis)) {
          distances[t] = Math.min(distances[t], trials.get(t).distance(chosen));
        }
      }
      distances[farthest] = 0;
    }
  }

  private static int farthest(double[] distances) {
    int farthest = -1;
    for (int t = 0; t < distances.length; t++) {
      if (farthest < 0 || distances[t] > distances[farthest]) {
        farthest = t;
      }
    }
    return farthest;
  }
}
