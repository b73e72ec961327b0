# Sourced by the launchers; $root is the repository. Plain POSIX sh, and nothing is started but the
# shell itself, so it takes a few milliseconds.

# Sets java_home to the newest Java at or above 17 that has bin/$1, and java_version to its version.
# KINGPIN_JAVA_HOME wins if it is set.
find_java() {
    java_home= java_version= best=16
    if [ -n "${KINGPIN_JAVA_HOME:-}" ]; then
        read_release "$KINGPIN_JAVA_HOME"
        if [ ! -x "$KINGPIN_JAVA_HOME/bin/$1" ]; then
            die "KINGPIN_JAVA_HOME ($KINGPIN_JAVA_HOME) has no bin/$1. Maybe name a whole JDK."
        elif [ -n "$version" ] && [ "$major" -lt 17 ]; then
            die "KINGPIN_JAVA_HOME ($KINGPIN_JAVA_HOME) is Java $version. Maybe name Java 17 or newer."
        fi
        java_home=$KINGPIN_JAVA_HOME java_version=${version:-unknown}
        return
    fi
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$home" ] && [ -x "$home/bin/$1" ] && consider "$home"
    done
    path_java=$(command -v "$1") || path_java=
    if [ -n "$path_java" ]; then
        follow "$path_java"
        consider "${followed%/bin/*}"
    fi
    [ -n "$java_home" ] || return 1
}

# Takes the Java in folder $1 if it is newer than the best so far.
consider() {
    read_release "$1"
    if [ -n "$version" ] && [ "$major" -gt "$best" ]; then
        best=$major java_home=$1 java_version=$version
    fi
}

# Sets version and major by the file "release" in folder $1; both stay empty if there is none.
read_release() {
    version= major=
    [ -r "$1/release" ] || return 0
    while IFS='=' read -r name value; do
        if [ "$name" = JAVA_VERSION ]; then
            version=${value#\"} version=${version%\"*}
            major=${version%%[!0-9]*} major=${major:-0}
            return 0
        fi
    done <"$1/release"
}

# Sets followed to the file that $1 stands for when all links are followed.
follow() {
    followed=$1
    while [ -L "$followed" ]; do
        link=$(readlink "$followed")
        case $link in
            /*) followed=$link ;;
            *) followed=${followed%/*}/$link ;;
        esac
    done
}

# Builds module $1 and what it needs, without its tests. One build at a time; a second one waits.
build() {
    find_java javac || die "Kingpin needs a JDK, version 17 or newer, to build itself." \
        "Maybe install one, or set KINGPIN_JAVA_HOME."
    command -v mvn >/dev/null || die "Kingpin needs Maven 3.8 or newer (mvn) to build itself." \
        "Maybe install it."
    mkdir -p "$root/target" || die "Cannot write to the folder ($root/target)."
    lock=$root/target/build.lock log=$root/target/build.log
    if ! mkdir "$lock" 2>/dev/null; then
        say "Waiting for another build of Kingpin ..."
        while ! mkdir "$lock" 2>/dev/null; do
            owner=
            read -r owner 2>/dev/null <"$lock/pid" || :
            # A build that died leaves its lock behind.
            if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
                rm -rf "$lock"
            else
                sleep 1
            fi
        done
        built=yes
    fi
    echo $$ >"$lock/pid"
    trap 'rm -rf "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # The other build may have made what we need.
    if [ -z "${built:-}" ] || ! ready; then
        say "Building Kingpin (first use, about a minute) ..."
        # The checks of style are for those who change the code; here they must not stop anyone.
        if ! (cd "$root" && JAVA_HOME=$java_home mvn -B -ntp -Dstyle.color=never -pl "$1" -am \
            -DskipTests -Dspotless.check.skip -Dkingpin.javac.fail=-parameters \
            -Dkingpin.errorprone=-XepDisableAllChecks -Dkingpin.nullaway=-Xep:NullAway:OFF package) \
            >"$log" 2>&1 </dev/null; then
            tail -n 30 "$log" >&2
            die "Kingpin could not be built. The whole log is in $log."
        fi
    fi
    rm -rf "$lock"
    trap - EXIT INT TERM
}

say() {
    printf '%s\n' "$*" >&2
}

die() {
    printf 'kingpin: %s\n' "$*" >&2
    exit 2
}
