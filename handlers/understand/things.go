package understand

// things are what a task is about: what happens to them does not happen to the task.
var things = []string{"资料", "材料", "设备", "数据", "文件", "合同", "方案", "资金", "图纸", "档案", "账号", "手续", "权限", "证书", "款项", "接口", "软件", "图斑", "样本", "线索", "案卷", "卷宗", "申请表"}

// events of a task may move without it.
var events = []string{"会议", "仪式", "论坛", "活动", "考核", "督查", "巡察", "面试", "开班", "评审", "签订", "签约", "验收", "开标", "招标", "投标", "采购", "交付", "交货", "到货", "发货", "付款", "上线", "测试", "安装", "培训", "考试", "检查", "施工", "服务器", "系统", "平台", "机房", "网络", "页面", "界面", "版本", "数据库", "合作", "谈判"}

// outsiders are people of a task who are neither the speaker nor the bot.
var outsiders = []string{"供应商", "厂家", "厂商", "施工", "承建", "中标", "对方", "乙方", "甲方", "他们", "监理", "开发商", "公司", "运营商", "合作方", "专家", "客户", "企业", "外包", "物业"}
