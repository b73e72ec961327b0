package dev.kingpin.learner.linear;

import dev.kingpin.learner.Config;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where one fit stands on its way to the optimum, in the coordinates of its basis. */
final class Mover {
  final Penalty penalty;
  double[] accepted; // (outputs * width)
  double[] direction; // (outputs * width); the trial is accepted + step * direction
  double step;
  double objective = Double.NaN; // at accepted
  double length; // largest entry of the last direction; NaN before the first step of a refit
  double fall; // what the objective falls along the last direction at its start
  @Nullable Lbfgs descent; // if the fit goes by L-BFGS; then it alone knows the way
  @Nullable Place acceptedPlace; // of accepted, if it has been asked for
  @Nullable Place trialPlace; // of the trial, if it has been asked for
  private double @Nullable [] left; // where the last step was taken from
  private double[] leftGradient = new double[0]; // of the mean loss there
  private @Nullable Place leftPlace; // of what was left, if it has been asked for
  double borrowed; // how far from here the Hessian of the next step was taken
  int steps;
  int slow; // last steps that were hardly shorter than the one before
  int halvings; // of the last step
  boolean wantsHessian; // at the next trial
  double @Nullable [] information; // Hessian of the mean loss at the end, if it is asked for
  boolean settled;
  @Nullable String problem;

  Mover(Penalty penalty, double[] start) {
    this.penalty = penalty;
    accepted = start;
    direction = new double[start.length];
  }

  /** Heads for a place from where the fit stands, whose objective is known. */
  void headFor(double[] place, double known) {
    for (int i = 0; i < place.length; i++) {
      direction[i] = place[i] - accepted[i];
    }
    objective = known;
    length = Double.NaN;
    step = 1;
    steps = 1;
    wantsHessian = true;
  }

  /** Whether the trial is where {@link #headFor} heads. */
  boolean isHeading() {
    return steps == 1 && Double.isNaN(length);
  }

  /** Hears the loss at the trial of a descent, without the lasso; ends with the descent. */
  void hear(Lbfgs way, double loss, double[] gradient) {
    way.tell(loss, gradient);
    follow(way);
  }

  /** Takes over where a descent stands. */
  void follow(Lbfgs way) {
    descent = way;
    accepted = way.solution();
    objective = way.objective();
    steps = way.steps();
    settled = way.status() != Lbfgs.Status.RUNNING;
    if (way.status() == Lbfgs.Status.STALLED && !Double.isFinite(objective)) {
      problem = "the loss is not a finite number";
    }
  }

  /** Goes back to where fits start; nothing has been heard of that place. */
  void restart(Basis basis, Config config) {
    accepted = basis.start.clone();
    trialPlace = null;
    acceptedPlace = null;
    left = null;
    if (descent != null) {
      descent = Descents.begin(basis, penalty, config, accepted);
    }
  }

  /** The place of the accepted coordinates. */
  Place acceptedPlace(Basis basis) {
    Place place = acceptedPlace == null ? new Place(basis, accepted) : acceptedPlace;
    acceptedPlace = place;
    return place;
  }

  /** The place of the trial. */
  Place trialPlace(Basis basis) {
    Place place = trialPlace == null ? new Place(basis, trial()) : trialPlace;
    trialPlace = place;
    return place;
  }

  /**
   * What the last step tells of the curvature here, if that is more to the point than a Hessian.
   *
   * @param gradient of the mean loss at the accepted place
   * @param reference a Hessian that was taken near by
   */
  @Nullable Secant secant(Basis basis, double[] gradient, Reference reference) {
    Place here = acceptedPlace(basis);
    Secant secant = null;
    borrowed = here.distance(reference.place());
    if (left != null) {
      Place before = leftPlace == null ? new Place(basis, left) : leftPlace;
      boolean isNearer = before.distance(here) / 2 < borrowed;
      if (isNearer) { // the middle of the step, where its curvature is
        double[] move = minus(accepted, left);
        secant = Secant.of(reference.hessian(), move, minus(gradient, leftGradient));
      }
    }
    left = accepted;
    leftGradient = gradient;
    leftPlace = here;
    return secant;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }

  boolean isLive() {
    return !settled && problem == null;
  }

  /** Where the loss is wanted next. */
  double[] trial() {
    if (descent != null) {
      return descent.trial();
    }
    double[] trial = accepted.clone();
    for (int i = 0; i < trial.length; i++) {
      trial[i] += step * direction[i];
    }
    return trial;
  }

  void write(DataOutput out) throws IOException {
    Snapshots.writeDoubles(out, accepted);
    Snapshots.writeDoubles(out, direction);
    Snapshots.writeDoubles(out, left);
    Snapshots.writeDoubles(out, leftGradient);
    out.writeDouble(step);
    out.writeDouble(objective);
    out.writeDouble(length);
    out.writeDouble(fall);
    out.writeInt(steps);
    out.writeInt(slow);
    out.writeInt(halvings);
    out.writeBoolean(wantsHessian);
    out.writeBoolean(settled);
    out.writeUTF(problem == null ? "" : problem);
    Snapshots.writeDoubles(out, information);
    out.writeBoolean(descent != null);
    if (descent != null) {
      descent.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    accepted = Snapshots.readRequired(in);
    direction = Snapshots.readRequired(in);
    left = Snapshots.readDoubles(in);
    leftGradient = Snapshots.readRequired(in);
    step = in.readDouble();
    objective = in.readDouble();
    length = in.readDouble();
    fall = in.readDouble();
    steps = in.readInt();
    slow = in.readInt();
    halvings = in.readInt();
    wantsHessian = in.readBoolean();
    settled = in.readBoolean();
    String word = in.readUTF();
    problem = word.isEmpty() ? null : word;
    information = Snapshots.readDoubles(in);
    descent = in.readBoolean() ? Lbfgs.read(in) : null;
  }
}
