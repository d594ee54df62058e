#!/usr/bin/env bash
# Reads generated articles by recount in one process and by Beam on Flink, and
# compares the manifests.
#
#   beam/run-flink.sh local     Flink within its job server, steps in recount-beam
#   beam/run-flink.sh cluster   a JobManager and two TaskManagers, each with its workers
#   beam/run-flink.sh kill      the same, and five TaskManagers are killed meanwhile
#   beam/run-flink.sh have      is all there that it needs? (fetches the jars)
#
# ARTICLES, WORDS (of an article, about) and EACH (articles a file) say how much
# is read. MANIFEST is that of one program over the same articles, if it is known;
# without it one program reads them first. It needs Go, Java 11 or 17, Maven,
# Python 3 and unshare (util-linux); the jars are fetched once, to FLINK_JARS.
# Everything else it starts and stops itself, in a network of its own in which
# there is nothing but the loopback address: Flink and the job server listen on
# all addresses without authentication and run any command. Exit code: 0 equal,
# 1 not equal, 3 not run because something is missing.
set -euo pipefail
cd "$(dirname "$0")"
self=$PWD/run-flink.sh
mode=${1:-}
case $mode in local | cluster | kill | have) ;; *) sed -n '2,/^set/s/^# \{0,1\}//p' "$self"; exit 2 ;; esac

missing() { echo "FLINK NOT RUN: $*" >&2; exit 3; }

if [ -z "${FLINK_INSIDE:-}" ]; then
  for tool in java mvn go python3 unshare; do command -v $tool >/dev/null || missing "$tool is not installed"; done
  unshare -rnpf true 2>/dev/null || missing "this machine does not let programs have a network of their own (unshare -rn)"
  export FLINK_JARS=${FLINK_JARS:-${XDG_CACHE_HOME:-$HOME/.cache}/recount-flink}
  # The folder is there whole or not at all, under the hash of what was asked for.
  want=$(sha256sum pom.xml | cut -c1-16)
  if [ ! -d "$FLINK_JARS/$want" ]; then
    mkdir -p "$FLINK_JARS"
    part=$(mktemp -d "$FLINK_JARS/part-XXXX")
    mvn -q -B -f pom.xml dependency:copy-dependencies -DoutputDirectory="$part" -DincludeScope=runtime >"$part.log" 2>&1 ||
      { grep -m1 ERROR "$part.log" >&2 || true; rm -rf "$part" "$part.log"; missing "Maven did not fetch the jars of pom.xml"; }
    rm -f "$part.log"
    mv "$part" "$FLINK_JARS/$want"
  fi
  export FLINK_JARS=$FLINK_JARS/$want
  [ "$mode" = have ] && { echo "all is there; jars in $FLINK_JARS"; exit 0; }
  export FLINK_WORK; FLINK_WORK=$(mktemp -d -t recount-flink-XXXX)
  trap 'rm -rf "$FLINK_WORK"' EXIT
  (cd .. && go build -o "$FLINK_WORK/recount" ./cmd/recount)
  go build -o "$FLINK_WORK/recount-beam" .
  code=0
  # Whatever is left running ends with its first process.
  FLINK_INSIDE=1 unshare -rnpf --kill-child --mount-proc bash "$self" "$mode" || code=$?
  exit $code
fi

python3 - <<'P' || missing "the loopback address of the new network cannot be switched on"
import fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: up, running
P
work=$FLINK_WORK
articles=${ARTICLES:-2000} words=${WORDS:-400} each=${EACH:-50} known=${MANIFEST:-}
master_port=6123 rest_port=8081 job_port=8099

# Flink 1.19 on Java 17 reaches into packages that are closed there.
java=(java -XX:+IgnoreUnrecognizedVMOptions --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED
  --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
  --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.text=ALL-UNNAMED --add-opens=java.base/java.time=ALL-UNNAMED
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/sun.net.util=ALL-UNNAMED
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Djava.io.tmpdir="$work/tmp" -cp "$FLINK_JARS/*")
mkdir -p "$work/tmp" "$work/conf"
export TMPDIR=$work/tmp

# Without Flink's own start scripts every size of memory is to be named. With 64
# MB of network memory the TaskManager that is left over could not take all.
cat >"$work/conf/flink-conf.yaml" <<C
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: $master_port
jobmanager.bind-host: 127.0.0.1
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: $rest_port
taskmanager.host: 127.0.0.1
taskmanager.bind-host: 127.0.0.1
taskmanager.numberOfTaskSlots: 2
taskmanager.cpu.cores: 1.0
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: 256m
taskmanager.memory.task.off-heap.size: 0m
taskmanager.memory.network.min: 256m
taskmanager.memory.network.max: 256m
taskmanager.memory.managed.size: 128m
taskmanager.memory.jvm-metaspace.size: 192m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
restart-strategy.type: fixed-delay
restart-strategy.fixed-delay.attempts: 100
restart-strategy.fixed-delay.delay: 1s
heartbeat.interval: 1000
heartbeat.timeout: 15000
io.tmp.dirs: $work/tmp
C

started=()
stop() { for p in "${started[@]}"; do kill -9 "$p" 2>/dev/null || true; done; }
trap stop EXIT

wait_for() { # port, what
  for _ in $(seq 1200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.2
  done
  tail -20 "$work"/*.log >&2
  echo "$2 does not answer" >&2
  exit 1
}

# CPU seconds of processes, without their children.
cpu() { cat "${@/#//proc/}" 2>/dev/null | awk -v t="$(getconf CLK_TCK)" '{s += $14 + $15} END {printf "%.1f", s / t}'; }

python3 ../docs/measure-corpus.py --words "$words" generate "$work/in" "$articles" "$each"
echo "$articles generated articles in $(ls "$work/in" | wc -l) files"
TIMEFORMAT='%R s, %U + %S CPU s'
run() { # name, command: prints time and manifest
  local name=$1; shift
  { time "$@" >"$work/$name.out" 2>"$work/$name.err"; } 2>"$work/$name.time" || { tail -20 "$work/$name.err" "$work"/*.log >&2; echo "$name failed" >&2; exit 1; }
  printf '%-12s %s %.12s\n' "$name" "$(cat "$work/$name.time")," "$(sed -n 's/^manifest //p' "$work/$name.out")"
}
if [ -z "$known" ]; then
  run in-process "$work/recount" --quiet corpus scan "$work/in" --to "$work/alone"
  known=$(sed -n 's/^manifest //p' "$work/in-process.out")
fi

jvms=()
if [ "$mode" = local ]; then
  master='[local]'
else
  master=127.0.0.1:$rest_port
  "${java[@]}" -Xmx512m org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$work/conf" >"$work/jobmanager.log" 2>&1 &
  started+=($!) jvms+=($!)
  wait_for $rest_port "the JobManager"
  taskmanager() {
    "${java[@]}" -Xmx384m -XX:MaxDirectMemorySize=384m org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$work/conf" >>"$work/taskmanager.log" 2>&1 &
    disown
    started+=($!) jvms+=($!)
  }
  taskmanager; first=$!
  taskmanager; second=$!
fi
"${java[@]}" -Xmx768m org.apache.beam.runners.flink.FlinkJobServerDriver --flink-master="$master" --flink-conf-dir="$work/conf" --job-host=127.0.0.1 --job-port=$job_port \
  --artifact-port=0 --expansion-port=0 --artifacts-dir="$work/tmp" >"$work/jobserver.log" 2>&1 &
started+=($!) jvms+=($!)
wait_for $job_port "the job server"

beam=("$work/recount-beam" --to "$work/beam" --runner universal --endpoint "127.0.0.1:$job_port" --parallelism 2)
if [ "$mode" = local ]; then
  run flink-local "${beam[@]}" --environment_type LOOPBACK "$work/in"
  echo "JVM $(cpu "${jvms[@]/%//stat}") CPU s"
else
  if [ "$mode" = kill ]; then
    (
      all=$(ls "$work/in" | wc -l)
      for n in 1 2 3 4 5; do
        # A seventh of the shards later, and not before one has been read again.
        while [ "$(ls "$work/beam/shards" 2>/dev/null | wc -l)" -lt $((n * all / 7)) ]; do sleep 0.1; done
        if [ $((n % 2)) = 1 ]; then victim=$first; else victim=$second; fi
        ls -di "$work"/beam/shards/* | sort >"$work/at-$n"
        kill -9 "$victim"
        taskmanager
        if [ $((n % 2)) = 1 ]; then first=$!; else second=$!; fi
        echo "killed a TaskManager with $(wc -l <"$work/at-$n") of $all shards read"
      done
    ) &
    killer=$!
    started+=($killer)
  fi
  run "flink-$mode" "${beam[@]}" --environment_type PROCESS --environment_config "{\"command\":\"$work/recount-beam\"}" "$work/in"
  if [ "$mode" = kill ]; then
    wait $killer || { echo "it was ended before five were killed: give more ARTICLES" >&2; exit 1; }
    # A folder that is there is never made again.
    ls -di "$work"/beam/shards/* | sort >"$work/at-end"
    for n in 1 2 3 4 5; do
      [ -z "$(comm -23 "$work/at-$n" "$work/at-end")" ] || { echo "shards that were read before kill $n were read again" >&2; exit 1; }
    done
    echo "5 TaskManagers killed; no shard that was done was read again"
  fi
fi
"$work/recount" corpus status "$work/beam" --check | tail -1
if [ -n "$known" ] && [ "$known" = "$("$work/recount" corpus status "$work/beam" | sed -n 's/^manifest //p')" ]; then echo "equal"; else echo "NOT EQUAL" >&2; exit 1; fi
