package seeds

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// outliner builds the tree of numbered paragraphs.
type outliner struct {
	h      headings
	root   *node
	cur    *node
	detail *node // the node whose 整改措施 or the like is being read
	inner  int   // number of the last item inside that detail
	lone   int   // the last number that stood alone on its line

	numbered bool   // the next paragraph has a number
	marker   *node  // the last line of units that stood before its items
	timed    *node  // the last time that stood over its items
	labelled bool   // the next paragraph is a label line with units or a time
	bullet   bool   // the paragraph had a bullet in front
	mark     string // that bullet
	timedBy  string // the bullet of the times over the items
	beneath  bool   // a bullet of another sort stands before the next paragraph
	over     bool   // no numbered paragraph comes any more
	restarts bool   // the next paragraph begins a list of its own
}

var reSkip = regexp.MustCompile(`^(?:附件|附表|附：|（此件|\(此件|抄送|主送|扫描二维码|扫一扫|【(?:打印|关闭|字号|收藏)|主办(?:单位)?：.*(?:备案|标识|版权)|网站标识码|版权所有|关注我们|（联系人|联系人|联系电话|打印|分享到|来源：|发布时间|字体|责任编辑|编辑：|信息来源|浏览|索引号|[上下]一[篇条页]：|图解：|一图读懂：|相关解读：|政策解读：)`)

var reBullet = regexp.MustCompile(`^[●◆■★▲•·○◇□※▶►✦❖◎\x{f0b7}\x{f06c}*]+\s*|^[-–—+]\s+`)

// isSignature tells the lines under a document, issuer and date, from its text.
func isSignature(paras []block, i int) bool {
	if _, _, ok := dateLine(paras[i].text); ok {
		return true
	}
	if i+1 >= len(paras) || utf8.RuneCountInString(paras[i].text) > 30 || !reIssuerEnd.MatchString(paras[i].text) {
		return false
	}
	_, _, ok := dateLine(paras[i+1].text)
	return ok
}

// outline reads the paragraphs as a tree.
func outline(h headings, paras []block) *node {
	paras = h.share(paras)
	root := &node{}
	o := &outliner{h: h, root: root, cur: root}
	end := lastNumbered(paras)
	for i, p := range paras {
		o.over = i > end
		o.labelled = o.dutyAhead(paras[i+1:])
		o.numbered = i+1 < len(paras) && isNumbered(paras[i+1].text)
		o.restarts = i+1 < len(paras) && startsList(paras[i+1].text)
		if !reSkip.MatchString(p.text) && !isSignature(paras, i) {
			o.mark = reBullet.FindString(p.text)
			o.bullet = o.mark != ""
			o.beneath = i+1 < len(paras) && o.under(reBullet.FindString(paras[i+1].text))
			p.text = h.openBoxes(reBullet.ReplaceAllString(p.text, ""))
			o.take(p)
		}
	}
	unitHeadings(root)
	spreadScopes(root)
	hoist(root)
	return root
}

func (o *outliner) take(p block) {
	style, no, rest := splitNo(p.text)
	if style == plain && o.aloneNext(p.text) {
		style, no, rest = digitDot, p.text, ""
	}
	if style == plain {
		o.plain(p, p.text)
		return
	}
	if o.inDetail(style, no) {
		o.detail.detail = append(o.detail.detail, p.text)
		o.takeOwners(o.detail, rest)
		return
	}
	if k := o.leadLabel(rest); k != kindNone && k != kindTitle && k != kindNo && o.cur != o.root && !o.unitHeading(style, k) {
		o.cur = o.outer(style)
		o.plain(p, rest)
		return
	}
	o.detail = nil
	n := &node{style: style, no: no, line: p.line, parent: o.outer(style)}
	n.parent.kids = append(n.parent.kids, n)
	o.cur = n
	if n.timedList(rest) {
		return
	}
	if units, work := frontUnits(rest); units != "" {
		n.labels, rest = append(n.labels, label{kind: kindOwner, text: units}), work
	}
	o.fill(n, rest)
}

// aloneNext reports whether the line is nothing but the next number of a list, as
// where every cell has a line of its own.
func (o *outliner) aloneNext(text string) bool {
	if strings.Trim(text, "0123456789") != "" || len(text) > 3 {
		return false
	}
	n := ordinal(text)
	return n > 0 && (n == 1 && o.lone == 0 || n == o.lone+1) && o.see(n)
}

func (o *outliner) see(n int) bool {
	o.lone = n
	return true
}

// takeOwners lets a unit bracket inside a measure count for the whole item.
func (o *outliner) takeOwners(n *node, text string) {
	_, labels := o.h.statements(text)
	n.labels = append(n.labels, labels...)
}

// leadLabel is the kind of the label that the text starts with.
func (o *outliner) leadLabel(text string) kind {
	if segs := o.h.segments(text, true); len(segs) > 0 && segs[0].at == 0 {
		return segs[0].kind
	}
	return kindNone
}

// outer finds the parent for a new paragraph of the style: the parent of the open
// one of that style, else the innermost open paragraph.
func (o *outliner) outer(style numeral) *node {
	for n := o.cur; n != o.root; n = n.parent {
		if n.style == style {
			return n.parent
		}
	}
	top := o.root
	if style == hanComma || style == chapter {
		for n := o.cur; n != o.root; n = n.parent {
			if n.style == chapter {
				top = n
			}
		}
		return top
	}
	return o.cur
}

// inDetail reports whether a numbered paragraph belongs to the measures of the
// item being read rather than starting a new one.
func (o *outliner) inDetail(style numeral, no string) bool {
	if o.detail == nil || style == chapter {
		return false
	}
	n := ordinal(no)
	for a := o.detail; a != o.root; a = a.parent {
		if a.style != style {
			continue
		}
		inside := a == o.detail && n == o.inner+1 && n != ordinal(a.no)+1
		if inside {
			o.inner = n
		}
		return inside
	}
	if style == hanComma {
		return false
	}
	o.inner = n
	return true
}

// plain takes a paragraph without a number: labels of the open item, a new item
// that starts with its title label, or more text.
func (o *outliner) plain(p block, text string) {
	k := o.leadLabel(text)
	switch {
	case o.dutyLine(p, text), o.timeLine(p, text):
	case k == kindTitle && !(o.isContent(text) && o.cur != o.root && len(o.cur.paras) > 0 && !o.cur.owned()):
		o.record(p, text)
	case k == kindNo:
		o.cur, o.detail = o.section(), nil
		n := o.addRecord(p)
		segs := o.h.segments(text, true)
		n.no = bareNo(text[segs[0].from:segs[0].end])
	case o.restarts && o.bareUnits(p, text):
	case k == kindNone && o.startsRecord(text):
		o.cur, o.detail = o.section(), nil
		n := o.addRecord(p)
		n.bullet = o.bullet
		o.fill(n, text)
	case o.speech(text):
		o.root.paras = append(o.root.paras, text)
	case o.over && o.cur.owned() && (reToAll.MatchString(text) || o.cur.lastOfLines()):
		o.root.paras = append(o.root.paras, text)
	case o.cur == o.root || reOwnWords.MatchString(text) && reClosing.MatchString(text):
		o.root.paras = append(o.root.paras, text)
	case o.scopeLine(text), o.bareUnits(p, text):
	default:
		target := o.cur
		if o.detail != nil {
			target = o.detail
		} else if o.another(text) {
			if target.style != plain {
				o.demote(target)
			}
			o.cur = o.section()
			target = o.addRecord(p)
			target.titled = true
		}
		o.fill(target, text)
	}
}

// fill adds a paragraph to an item, its labels apart.
func (o *outliner) fill(n *node, text string) {
	rest, labels := o.h.statements(text)
	for _, l := range labels {
		if l.kind == kindOwner {
			l.text, l.scope = cutScope(l.text)
		}
		switch {
		case l.kind.isOwner() || l.kind == kindTime || l.kind == kindStart:
			n.labels = append(n.labels, l)
			if l.own {
				o.detail = nil
			}
		case l.kind == kindDetail:
			o.detail, o.inner = n, 0
			if l.text != "" {
				n.detail = append(n.detail, l.text)
			}
		case l.kind == kindTitle && l.text != "" && n.titled && len(n.paras) > 0:
			n.detail = append(n.detail, l.text)
		case l.kind == kindTitle && l.text != "":
			n.paras = append(n.paras, l.text)
		}
	}
	if rest != "" && o.detail == n && len(labels) == 0 {
		n.detail = append(n.detail, rest)
	} else if rest != "" {
		n.paras = append(n.paras, rest)
	}
}
