package study

import (
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"recount"
)

// parquetRows is how many rows a group of a table has: groups are cut by the
// rows alone, so that one table gives the same bytes everywhere.
const parquetRows = 100_000

// parquet writes the table with its columns in their order: whole numbers as
// 64-bit integers, all else as text, an empty cell as null. What each column
// holds, its values or unit and where it comes from stand in the metadata of
// the file, under the name of the column.
func (d *dataTable) parquet(w io.Writer) error {
	var fields []reflect.StructField
	for i, v := range d.variables {
		of := reflect.TypeFor[string]()
		if d.table.numbers[i] {
			of = reflect.TypeFor[int64]()
		}
		fields = append(fields, reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: of, Tag: reflect.StructTag("parquet:" + strconv.Quote(v.name+",optional"))})
	}
	options := []parquet.WriterOption{parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface()), parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.CreatedBy("recount", recount.Version, ""), parquet.KeyValueMetadata("table", d.name), parquet.KeyValueMetadata("what", d.what)}
	for _, v := range d.variables {
		for _, x := range [][2]string{{"label", v.label}, {"values", v.values}, {"made", v.made}} {
			if x[1] != "" {
				options = append(options, parquet.KeyValueMetadata(v.name+"."+x[0], x[1]))
			}
		}
	}
	out := parquet.NewWriter(w, options...)
	for i, cells := range d.table.Rows {
		if i > 0 && i%parquetRows == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
		row := make(parquet.Row, len(cells))
		for j, cell := range cells {
			v := parquet.NullValue()
			switch {
			case cell == "":
			case d.table.numbers[j]:
				n, err := strconv.ParseInt(cell, 10, 64)
				if err != nil {
					return fmt.Errorf("table %s, column %s: %q is no whole number: %w", d.name, d.table.Columns[j], cell, err)
				}
				v = parquet.Int64Value(n)
			default:
				v = parquet.ByteArrayValue([]byte(cell))
			}
			level := 1
			if v.IsNull() {
				level = 0
			}
			row[j] = v.Level(0, level, j)
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}
