import type { Row } from './record';

/** What a column of a table can mean, by the names that shops and their exports give it; the likeliest first. */
const ORDER_NAMES = {
	id: 'orderid,ordernumber,orderno,ordername,order,invoiceid,invoicenumber,invoiceno,invoice,transactionid,receiptid,receipt,id,number,name',
	email: 'email,emailaddress,customeremail,billingemail,contactemail,buyeremail,useremail,mail',
	customer:
		'customerid,customernumber,customerno,customer,clientid,client,memberid,member,userid,user,buyerid,buyer,contactid,contact,customername',
	date: 'orderdate,date,createdat,datecreated,orderedat,purchasedate,purchasedat,placedat,processedat,transactiondate,invoicedate,paidat,created,datetime,timestamp,day',
	amount:
		'total,totalprice,ordertotal,grandtotal,totalamount,orderamount,ordervalue,amount,amountpaid,paid,revenue,sales,value,spend,price,subtotal,sum',
	refunded: 'refundedamount,amountrefunded,refundamount,totalrefunded,refunded,refund',
	cancelled: 'cancelledat,canceledat,cancelled,canceled',
	status: 'financialstatus,orderstatus,paymentstatus,status,state',
	test: 'istest,test',
	currency: 'currency,currencycode',
	lines: 'lineitems,orderitems,orderlines,items,lines,products',
	product: 'lineitemname,productname,product,itemname,item,productid,lineitemsku,sku,stockcode',
	category: 'productcategory,category,producttype,department,collection',
	quantity: 'lineitemquantity,quantity,qty,units',
	name: 'customername,fullname,billingname',
	group: 'campaigngroup,testgroup,group,holdout',
} as const;

const CUSTOMER_NAMES = {
	email: ORDER_NAMES.email,
	customer: `${ORDER_NAMES.customer},id`,
	orders:
		'orders,orderscount,ordercount,numberoforders,totalorders,transactions,purchases,purchasecount,frequency',
	firstOrder:
		'firstorder,firstorderdate,firstorderat,firstpurchase,firstpurchasedate,firstdate,customersince',
	lastOrder: 'lastorder,lastorderdate,lastorderat,lastpurchase,lastpurchasedate,lastdate',
	spend: 'totalspent,totalspend,spend,spent,revenue,totalrevenue,monetary,totalamount,amount,total',
	name: ORDER_NAMES.name,
	referrals: 'referrals,referralcount,friendsreferred,friends',
	group: ORDER_NAMES.group,
} as const;

export type OrderField = keyof typeof ORDER_NAMES;
export type CustomerField = keyof typeof CUSTOMER_NAMES;
/** Field of the input for each meaning; dotted where it lies deeper. */
export type Fields<Meaning extends string> = Partial<Record<Meaning, string>>;

const SAMPLE = 200;

/** The columns of a table with one row an order, by their names; what is chosen is kept. */
export function orderFields(rows: readonly Row[], chosen: Fields<OrderField>): Fields<OrderField> {
	return fieldsByName(rows, ORDER_NAMES, chosen);
}

/** The columns of a table with one row a customer. */
export function customerFields(
	rows: readonly Row[],
	chosen: Fields<CustomerField>,
): Fields<CustomerField> {
	return fieldsByName(rows, CUSTOMER_NAMES, chosen);
}

/** No column has two meanings: the meaning listed first takes it. */
function fieldsByName<Meaning extends string>(
	rows: readonly Row[],
	names: Readonly<Record<Meaning, string>>,
	chosen: Fields<Meaning>,
): Fields<Meaning> {
	const columns = new Map<string, string>();
	for (const row of rows.slice(0, SAMPLE)) {
		for (const column of Object.keys(row)) {
			const plain = column.toLowerCase().replace(/[^a-z0-9]/g, '');
			if (!columns.has(plain)) columns.set(plain, column);
		}
	}
	const fields: Fields<Meaning> = {};
	const taken = new Set<string>();
	const meanings = Object.keys(names) as Meaning[];
	for (const meaning of meanings) {
		const choice = chosen[meaning]?.trim();
		if (choice === undefined || choice === '') continue;
		fields[meaning] = choice;
		taken.add(choice);
	}
	for (const meaning of meanings) {
		if (fields[meaning] !== undefined) continue;
		const column = names[meaning]
			.split(',')
			.map((name) => columns.get(name))
			.find((candidate) => candidate !== undefined && !taken.has(candidate));
		if (column === undefined) continue;
		fields[meaning] = column;
		taken.add(column);
	}
	return fields;
}
