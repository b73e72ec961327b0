package dev.kingpin.duckdb.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Loads DuckDB's driver, and the classes of ours that name it, from the bytes that the parent
 * loader finds; answers a request for the native library with a file that is unpacked already.
 */
final class IsolatedLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String DRIVER = "org.duckdb.";
  private static final String ADAPTER = "dev.kingpin.duckdb.driver.jdbc.";

  private final String library;

  IsolatedLoader(ClassLoader parent, String library) {
    super("kingpin-duckdb", parent);
    this.library = library;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(DRIVER) && !name.startsWith(ADAPTER)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, getClass().getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Hides the packed library, which the driver would unpack again. */
  @Override
  public @Nullable URL getResource(String name) {
    return name.startsWith(NativeLibrary.RESOURCE) ? null : super.getResource(name);
  }

  @Override
  protected @Nullable String findLibrary(String name) {
    return name.equals("duckdb_java") ? library : null;
  }
}
