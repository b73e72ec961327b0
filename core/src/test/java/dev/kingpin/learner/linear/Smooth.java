package dev.kingpin.learner.linear;

import java.util.Random;

/** A smooth function to minimise. */
interface Smooth {
  double value(double[] x);

  double[] gradient(double[] x);

  record Quadratic(Quadratics problem) implements Smooth {
    @Override
    public double value(double[] x) {
      return problem.loss(x);
    }

    @Override
    public double[] gradient(double[] x) {
      return problem.gradient(x);
    }
  }

  /** Mean loss of a logistic regression with labels of -1 and 1. */
  record Logistic(double[][] rows, double[] labels) implements Smooth {
    static Logistic random(int rows, int n, long seed) {
      Random random = new Random(seed);
      double[][] x = new double[rows][n];
      double[] labels = new double[rows];
      for (int r = 0; r < rows; r++) {
        double score = 6 * random.nextGaussian();
        for (int j = 0; j < n; j++) {
          x[r][j] = j == 0 ? 1 : random.nextGaussian() * Math.pow(2, j % 5);
          score += j % 3 == 0 ? x[r][j] / 2 : 0;
        }
        labels[r] = score > 0 ? 1 : -1;
      }
      return new Logistic(x, labels);
    }

    private double margin(int r, double[] x) {
      double margin = 0;
      for (int j = 0; j < x.length; j++) {
        margin += labels[r] * rows[r][j] * x[j];
      }
      return margin;
    }

    @Override
    public double value(double[] x) {
      double sum = 0;
      for (int r = 0; r < rows.length; r++) {
        sum += Math.log1p(Math.exp(-margin(r, x)));
      }
      return sum / rows.length;
    }

    @Override
    public double[] gradient(double[] x) {
      double[] gradient = new double[x.length];
      for (int r = 0; r < rows.length; r++) {
        double weight = -labels[r] / (1 + Math.exp(margin(r, x))) / rows.length;
        for (int j = 0; j < x.length; j++) {
          gradient[j] += weight * rows[r][j];
        }
      }
      return gradient;
    }
  }

  /** log(x) - x turned: not finite at and below 0, where a first step would lead. */
  record Barrier() implements Smooth {
    @Override
    public double value(double[] x) {
      return x[0] - Math.log(x[0]);
    }

    @Override
    public double[] gradient(double[] x) {
      return new double[] {1 - 1 / x[0]};
    }
  }

  /** The gradient points the wrong way, so nothing ever lowers the objective. */
  record Liar(Smooth truth) implements Smooth {
    @Override
    public double value(double[] x) {
      return truth.value(x);
    }

    @Override
    public double[] gradient(double[] x) {
      double[] gradient = truth.gradient(x);
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] = -gradient[j];
      }
      return gradient;
    }
  }

  /** Sums of floats: values and gradients carry an error of about 1e-7. */
  record Rough(Smooth truth) implements Smooth {
    @Override
    public double value(double[] x) {
      return (float) truth.value(x);
    }

    @Override
    public double[] gradient(double[] x) {
      double[] gradient = truth.gradient(x);
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] = (float) (gradient[j] + 1) - 1 + 1e-8;
      }
      return gradient;
    }
  }
}
