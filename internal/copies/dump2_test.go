package copies
import ("testing";"slices";"recount";"fmt")
func TestDump2(t *testing.T) {
  for _,k := range []string{"gold/syndication_ecb_dev.docs.jsonl","gold/mash_dev.docs.jsonl"} {
	pages := readDocs(t, measure(t, k),nil)
	var rel []recount.Relation
	for r, _ := range Find(slices.Values(pages), t.TempDir()) { rel=append(rel,r) }
	tx := map[recount.Key]string{}; for _,p := range pages { tx[p.Key]=p.Text }
	n:=0
	for _,o := range Originals(slices.Values(pages),rel) { if o.Spliced { n++
		var all []recount.Span; per := map[recount.Key]int{}
		for _,r := range rel { if r.A==o.Members[0]||r.B==o.Members[0] {
			var sp []recount.Span
			for _,s := range r.Spans { x:=s.A; if r.B==o.Members[0] {x=s.B}; sp=append(sp,x) }
			y:=r.A; if y==o.Members[0] {y=r.B}
			per[y]=size(union(sp)); all=append(all,sp...) }}
		mx:=0; for _,v := range per {mx=max(mx,v)}
		if n<25 {fmt.Println(o.Members,o.Reason,"len",len(tx[o.Members[0]]),"union",size(union(all)),"max",mx,len(per))} } }
	fmt.Println(k,n)
  }
}
