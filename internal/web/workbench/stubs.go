package workbench

import (
	"context"

	"recount"
	"recount/internal/casebook"
)

type person struct{}
type figureReply struct{}
type job struct{ ID string }
type jobs struct{ server *Server }

func (j *jobs) close() {}

type hit struct{ Article recount.Key }

func (s *Server) find(ctx context.Context, q string, most int) ([]hit, error) { return nil, nil }

func (s *Server) headOf(book *casebook.Casebook, id string) (*recount.Member, error) {
	return nil, recount.ErrNotFound
}
