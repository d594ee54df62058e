package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/apache/beam/sdks/v2/go/container/tools"
	jobpb "github.com/apache/beam/sdks/v2/go/pkg/beam/model/jobmanagement_v1"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/grpcx"
)

// A worker of an engine that starts processes is this program again. The engine
// calls it with these flags, besides --id, --logging_endpoint and
// --control_endpoint, which Beam knows.
var (
	provision = flag.String("provision_endpoint", "", "Given by the engine that starts this program as a worker.")
	_         = flag.String("artifact_endpoint", "", "Given by the engine; not used, as the worker is this program.")
)

// boot asks the engine what the worker is to know, and becomes the worker. The
// boot program that Beam ships fetches a binary into a folder that all jobs of a
// machine share and leaves one behind at each start; here nothing is fetched and
// nothing written. The process stays the one that the engine started, so that
// it ends with it.
func boot() error {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	id := flag.Lookup("id").Value.String()
	info, err := tools.ProvisionInfo(grpcx.WriteWorkerID(ctx, id), *provision)
	if err != nil {
		return fmt.Errorf("ask the engine at %s: %w", *provision, err)
	}
	options, err := tools.ProtoToJSON(info.GetPipelineOptions())
	if err != nil {
		return fmt.Errorf("options of the job: %w", err)
	}
	endpoint := func(name, said string) string {
		if said == "" {
			said = flag.Lookup(name).Value.String()
		}
		return "--" + name + "=" + said
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	env := append(os.Environ(), "RUNNER_CAPABILITIES="+strings.Join(info.GetRunnerCapabilities(), " "))
	if at := info.GetStatusEndpoint().GetUrl(); at != "" {
		env = append(env, "STATUS_ENDPOINT="+at)
	}
	return syscall.Exec(exe, []string{exe, "--worker=true", "--id=" + id, "--options=" + options,
		endpoint("logging_endpoint", info.GetLoggingEndpoint().GetUrl()),
		endpoint("control_endpoint", info.GetControlEndpoint().GetUrl())}, env)
}

// nothing is the file that is offered to the engine for its workers, as Beam
// wants one: they run the program that the engine's configuration names.
func nothing() (string, error) {
	f, err := os.CreateTemp("", "recount-beam-")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString("workers run the program that --environment_config names\n")
	if fault := f.Close(); err == nil {
		err = fault
	}
	return f.Name(), err
}

// cancel ends the job on the engine, which would go on without this program.
func cancel(name string) error {
	if *jobopts.Endpoint == "" {
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	cc, err := grpcx.Dial(ctx, *jobopts.Endpoint, 10*time.Second)
	if err != nil {
		return fmt.Errorf("tell the engine to stop: %w", err)
	}
	defer cc.Close()
	client := jobpb.NewJobServiceClient(cc)
	jobs, err := client.GetJobs(ctx, &jobpb.GetJobsRequest{})
	if err != nil {
		return fmt.Errorf("tell the engine to stop: %w", err)
	}
	for _, j := range jobs.GetJobInfo() {
		if j.GetJobName() == name {
			if _, err := client.Cancel(ctx, &jobpb.CancelJobRequest{JobId: j.GetJobId()}); err != nil {
				return fmt.Errorf("tell the engine to stop: %w", err)
			}
		}
	}
	return nil
}
